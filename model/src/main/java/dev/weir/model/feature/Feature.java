package dev.weir.model.feature;

import dev.weir.model.record.FieldPath;

/**
 * One number that a model sees, and the field of a record that it is made from.
 *
 * @param name what alerts and reports call it; unique within a model
 * @param path where it is in a record
 * @param type how it is encoded
 */
public record Feature(String name, FieldPath path, FeatureType type) {

  public Feature {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("a feature has no name");
    }
    if (path == null) {
      throw new IllegalArgumentException("feature '" + name + "' has no path");
    }
    if (type == null) {
      throw new IllegalArgumentException("feature '" + name + "' has no type");
    }
  }

  /** A numeric feature called as its path is written. */
  public static Feature numeric(String dottedPath) {
    return new Feature(dottedPath, FieldPath.parse(dottedPath), FeatureType.NUMERIC);
  }
}
