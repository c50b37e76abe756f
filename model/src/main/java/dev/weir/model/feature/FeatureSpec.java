package dev.weir.model.feature;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.weir.model.record.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The features of a model, in the order of the columns of its input. */
public record FeatureSpec(@JsonValue List<Feature> features) {

  @JsonCreator
  public FeatureSpec {
    features = List.copyOf(features);
    if (features.isEmpty()) {
      throw new IllegalArgumentException("a model needs at least one feature");
    }
    Set<String> names = new HashSet<>();
    for (Feature feature : features) {
      if (!names.add(feature.name())) {
        throw new IllegalArgumentException("two features are called '" + feature.name() + "'");
      }
    }
  }

  /** Numeric features at the given paths, each called as its path is written. */
  public static FeatureSpec numeric(List<String> dottedPaths) {
    return new FeatureSpec(dottedPaths.stream().map(Feature::numeric).toList());
  }

  /** The number of columns, {@code d}. */
  public int width() {
    return features.size();
  }

  public List<String> names() {
    return features.stream().map(Feature::name).toList();
  }

  /**
   * The fields that a record is read for: where they are, each once, in the order of the first
   * feature made of each. A reader's slots are these; the columns of a row are the features.
   */
  public List<FieldPath> fields() {
    return features.stream().map(Feature::path).distinct().toList();
  }

  /** Whether an encoder has to remember earlier records of a key. */
  public boolean isStateful() {
    return features.stream().anyMatch(feature -> feature.transform().isStateful());
  }
}
