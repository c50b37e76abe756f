package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.weir.model.config.Check;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.record.FieldPath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which columns or fields become features, and how they are encoded and scaled.
 *
 * @param include names, or globs such as {@code cpu_*}; all that {@code types} takes if not given
 * @param types which kinds of columns a glob takes among its matches; numeric ones if not given. A
 *     column that is named, or whose type a rule says, is taken whatever it is
 * @param exclude names or globs to leave out again
 * @param columns how particular columns are encoded; the first rule that matches a column counts
 * @param scaling how numbers are scaled; standard if not given
 * @param clip beyond how many units of the scale a value counts as if it were there; 10 if not
 *     given
 * @param missingIndicators whether a network is told which values are missing, besides having the
 *     median in their place
 * @param maxGap after a longer time without a row of a key, what looks back at the key's earlier
 *     rows begins anew: windows, differences, rolling statistics; never if not given
 * @param given the features of a model that is there already, which the columns are read as,
 *     whatever the rest says of choosing and encoding them; null to choose. Not a key of the config
 */
public record FeatureSelection(
    List<String> include,
    List<ColumnType> types,
    List<String> exclude,
    List<ColumnRule> columns,
    Scaling scaling,
    Double clip,
    Boolean missingIndicators,
    Duration maxGap,
    @JsonIgnore FeatureSpec given) {
  public static final FeatureSelection ALL = new FeatureSelection(null, null);

  @JsonCreator
  public FeatureSelection {
    include = List.copyOf(Check.orElse(include, List.of("*")));
    types = List.copyOf(Check.orElse(types, List.of(ColumnType.NUMERIC)));
    exclude = List.copyOf(Check.orElse(exclude, List.of()));
    columns = List.copyOf(Check.orElse(columns, List.of()));
    Check.present(
        "include", include, "names or globs; leave the key out to take every numeric field");
    Check.present("types", types, "for example [numeric, boolean]; or leave the key out");
    scaling = Check.orElse(scaling, Scaling.STANDARD);
    clip = Check.above("clip", Check.orElse(clip, 10.0), 0);
    missingIndicators = Check.orElse(missingIndicators, false);
    if (maxGap != null && maxGap.isZero()) {
      throw Check.refuse(
          "maxGap", "is 0, but must be a duration such as 10m; or leave the key out");
    }
  }

  /** Columns to choose, without a limit to gaps. */
  public FeatureSelection(
      List<String> include,
      List<ColumnType> types,
      List<String> exclude,
      List<ColumnRule> columns,
      Scaling scaling,
      Double clip,
      Boolean missingIndicators) {
    this(include, types, exclude, columns, scaling, clip, missingIndicators, null, null);
  }

  /** Columns as they are, by name. */
  public FeatureSelection(List<String> include, List<String> exclude) {
    this(include, null, exclude, null, null, null, null);
  }

  /**
   * The same scaling for the features of a model that is there already.
   *
   * @param gap the model's longest
   */
  public FeatureSelection as(FeatureSpec features, Optional<Duration> gap) {
    return new FeatureSelection(
        features.fields().stream().map(FieldPath::toString).toList(),
        null,
        null,
        columns,
        scaling,
        clip,
        missingIndicators,
        gap.orElse(null),
        features);
  }

  /**
   * The rule that counts for a column.
   *
   * @param holdsNumbers whether that is what the column holds; rules of numbers pass others over
   */
  public Optional<ColumnRule> rule(String column, boolean holdsNumbers) {
    return columns.stream()
        .filter(rule -> rule.matches(column) && (holdsNumbers || !rule.isForNumbersOnly()))
        .findFirst();
  }

  /**
   * Into how many dimensions a network shall embed a categorical feature; empty for one-hot.
   *
   * @param feature its name, which is the column's
   */
  public OptionalInt embedding(String feature) {
    return rule(feature, false)
        .map(ColumnRule::embedding)
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }

  /** How far two rows of a key may be apart in time; any time if empty. */
  public Optional<Duration> gap() {
    return Optional.ofNullable(maxGap);
  }

  public boolean isExcluded(String column) {
    return exclude.stream().anyMatch(pattern -> Glob.of(pattern).matches(column));
  }
}
