package dev.weir.model.feature;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.model.record.FieldPath;
import java.util.HashSet;
import java.util.List;

/**
 * One number that a model sees, and the field of a record that it is made from.
 *
 * @param name what alerts and reports call it; unique within a model
 * @param path where the field is in a record; several features may share one
 * @param type what kind of value it is
 * @param transform what is done to a number before it is scaled
 * @param rows how many of the key's last rows a rolling transform takes together; null for others
 * @param categories the vocabulary of a categorical feature, in its order; empty for others
 */
public record Feature(
    String name,
    FieldPath path,
    FeatureType type,
    Transform transform,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer rows,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> categories) {

  @JsonCreator
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
    transform = transform == null ? Transform.NONE : transform;
    if (transform != Transform.NONE && type != FeatureType.NUMERIC) {
      throw new IllegalArgumentException(
          "feature '" + name + "' is not numeric, and cannot have a transform");
    }
    if (transform.isRolling() ? rows == null || rows < 2 : rows != null) {
      throw new IllegalArgumentException(
          "feature '" + name + "' has " + rows + " rows for transform " + transform);
    }
    categories = categories == null ? List.of() : List.copyOf(categories);
    if (type == FeatureType.CATEGORICAL ? categories.isEmpty() : !categories.isEmpty()) {
      throw new IllegalArgumentException(
          "feature '" + name + "' of type " + type + " has " + categories.size() + " categories");
    }
    if (new HashSet<>(categories).size() != categories.size()) {
      throw new IllegalArgumentException("feature '" + name + "' has two equal categories");
    }
  }

  /** A feature that is its field's value without a transform. */
  public Feature(String name, FieldPath path, FeatureType type) {
    this(name, path, type, Transform.NONE, null, List.of());
  }

  /** A numeric feature called as its path is written. */
  public static Feature numeric(String dottedPath) {
    return new Feature(dottedPath, FieldPath.parse(dottedPath), FeatureType.NUMERIC);
  }

  /** A categorical feature called as its path is written. */
  public static Feature categorical(String dottedPath, List<String> categories) {
    return new Feature(
        dottedPath,
        FieldPath.parse(dottedPath),
        FeatureType.CATEGORICAL,
        Transform.NONE,
        null,
        categories);
  }
}
