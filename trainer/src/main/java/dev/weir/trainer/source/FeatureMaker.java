package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.feature.Transform;
import dev.weir.model.record.FieldPath;
import dev.weir.trainer.config.ColumnRule;
import dev.weir.trainer.config.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes features of columns.
 *
 * <p>A feature is called as its column. What is another quantity than the column's has a name of
 * its own after a dot, such as {@code bytes.rate}, and so have the second and further features of
 * one column.
 */
final class FeatureMaker {
  private final String origin;
  private final List<Feature> features = new ArrayList<>();
  private final Map<Integer, Integer> categories = new HashMap<>();

  /**
   * @param origin for messages
   */
  FeatureMaker(String origin) {
    this.origin = origin;
  }

  /** Adds a column as what it is taken for. */
  void add(String column, ColumnType type, Optional<ColumnRule> rule) {
    FieldPath path = path(column);
    switch (type) {
      case NUMERIC -> addNumeric(column, path, rule);
      case BOOLEAN -> features.add(new Feature(column, path, FeatureType.BOOLEAN));
      case CATEGORICAL -> {
        categories.put(
            features.size(), rule.map(ColumnRule::mostCategories).orElse(ColumnRule.CATEGORIES));
        features.add(new Feature(column, path, FeatureType.NUMERIC));
      }
      case TIMESTAMP -> {
        features.add(
            new Feature(suffixed(column, FeatureType.HOUR_OF_DAY), path, FeatureType.HOUR_OF_DAY));
        features.add(
            new Feature(suffixed(column, FeatureType.DAY_OF_WEEK), path, FeatureType.DAY_OF_WEEK));
      }
    }
  }

  private void addNumeric(String column, FieldPath path, Optional<ColumnRule> rule) {
    List<Transform> transforms = rule.map(ColumnRule::transforms).orElse(List.of());
    boolean plainNameTaken = false;
    for (Transform transform : transforms.isEmpty() ? List.of(Transform.NONE) : transforms) {
      boolean plain = !transform.isStateful() && !plainNameTaken;
      plainNameTaken |= plain;
      features.add(
          new Feature(
              plain ? column : suffixed(column, transform),
              path,
              FeatureType.NUMERIC,
              transform,
              transform.isRolling() ? rule.orElseThrow().rows() : null,
              List.of()));
    }
  }

  private static String suffixed(String column, Enum<?> what) {
    StringBuilder name = new StringBuilder(column).append('.');
    boolean upper = false;
    for (char c : what.name().toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        name.append(upper ? c : String.valueOf(c).toLowerCase(Locale.ROOT));
        upper = false;
      }
    }
    return name.toString();
  }

  private FieldPath path(String column) {
    try {
      return FieldPath.parse(column);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          origin
              + " has a column whose name cannot be a field's path, in which dots lead into nested"
              + " fields: "
              + e.getMessage()
              + "; rename it, or leave it out with features.exclude",
          e);
    }
  }

  /** What was added. */
  SelectedFeatures features(List<String> notes) {
    try {
      return new SelectedFeatures(new FeatureSpec(features), categories, notes);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          origin + ": " + e.getMessage() + "; leave one of their columns out, or its transform", e);
    }
  }
}
