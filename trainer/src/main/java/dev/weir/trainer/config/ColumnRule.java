package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import dev.weir.model.feature.Transform;
import java.util.HashSet;
import java.util.List;

/**
 * How particular columns are encoded.
 *
 * @param match the name of a column, or a glob
 * @param type what the columns are taken for; by what they hold if not given. A rule with
 *     transforms and no type is for numeric columns only
 * @param transforms what is done to numbers; several give several features
 * @param rows how many of a key's last rows the rolling transforms take together
 * @param categories how many categories a vocabulary has at most, the most frequent ones
 * @param embedding into how many dimensions a network embeds categories; one-hot if not given
 */
public record ColumnRule(
    String match,
    ColumnType type,
    List<Transform> transforms,
    Integer rows,
    Integer categories,
    Integer embedding) {
  /** Unless a rule says otherwise. */
  public static final int CATEGORIES = 50;

  private static final int ROWS = 12;
  private static final int MOST_ROWS = 10_000;
  private static final int MOST_CATEGORIES = 10_000;
  private static final int MOST_DIMENSIONS = 256;

  public ColumnRule {
    Check.present("match", match, "the name of a column, or a glob such as net_*_bytes");
    transforms = transforms == null ? List.of() : List.copyOf(transforms);
    if (new HashSet<>(transforms).size() != transforms.size()) {
      throw Check.refuse("transforms", "is " + transforms + ", which names one of them twice");
    }
    if (!transforms.isEmpty() && type != null && type != ColumnType.NUMERIC) {
      throw Check.refuse("transforms", "are of numeric columns, but the type is " + type);
    }
    boolean rolling = transforms.stream().anyMatch(Transform::isRolling);
    if (rows != null && !rolling) {
      throw Check.refuse(
          "rows", "is of rollingMean and rollingDeviation, and 'transforms' has none");
    }
    if (rolling) {
      rows = Check.atMost("rows", Check.atLeast("rows", Check.orElse(rows, ROWS), 2), MOST_ROWS);
    }
    boolean ofCategories = categories != null || embedding != null;
    if (ofCategories
        && (!transforms.isEmpty() || (type != null && type != ColumnType.CATEGORICAL))) {
      throw Check.refuse(
          categories == null ? "embedding" : "categories",
          "is of categorical columns; say 'type: categorical', without transforms");
    }
    if (ofCategories) {
      type = ColumnType.CATEGORICAL;
    }
    if (categories != null) {
      Check.atMost("categories", Check.atLeast("categories", categories, 1), MOST_CATEGORIES);
    }
    if (embedding != null) {
      Check.atMost("embedding", Check.atLeast("embedding", embedding, 1), MOST_DIMENSIONS);
    }
  }

  /** Whether its name or glob is that of a column. */
  public boolean matches(String column) {
    return Glob.of(match).matches(column);
  }

  /** Whether it passes over columns that are not numeric. */
  boolean isForNumbersOnly() {
    return type == null && !transforms.isEmpty();
  }

  /** How many categories a vocabulary has at most. */
  public int mostCategories() {
    return categories == null ? CATEGORIES : categories;
  }
}
