package dev.weir.trainer;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureText;
import dev.weir.model.feature.FeatureType;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.data.ColumnStatistics;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Spread;
import dev.weir.trainer.data.TimeSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for columns from which nothing can be learned that holds for the future. */
final class ColumnReview {
  private static final int NAMES = 5;

  private final History history;
  private final TimeSplit split;
  private final FeatureSelection selection;

  ColumnReview(History history, TimeSplit split, FeatureSelection selection) {
    this.history = history;
    this.split = split;
    this.selection = selection;
  }

  /**
   * What the user should know of the columns.
   *
   * @throws InvalidInputException if a column has no value in the training part, or if none varies
   *     there
   */
  List<String> warnings() {
    List<String> constant = new ArrayList<>();
    List<String> timeLike = new ArrayList<>();
    for (int j = 0; j < history.features().width(); j++) {
      Feature feature = history.features().features().get(j);
      String name = feature.name();
      ColumnStatistics training = ColumnStatistics.of(split.training(), j);
      if (training.isEmpty()) {
        throw withoutValue(feature);
      }
      if (training.isConstant() && !history.isLostInSinglePrecision(j)) {
        float value = (float) training.minimum();
        constant.add(
            "'"
                + name
                + "' ("
                + FeatureText.of(feature, value).orElse(Float.toString(value))
                + ")");
      }
      if (feature.type() == FeatureType.NUMERIC
          && (onlyRises(history.rows(), j)
              || (!training.isConstant() && leavesItsRange(training, j)))) {
        timeLike.add(feature.path().toString());
      }
    }
    refuseNothingToLearn(split);
    return messages(constant, lostInSinglePrecision(), timeLike);
  }

  /**
   * Refuses a split in whose training part every column is constant.
   *
   * @param part of the history, maybe without the rows that were left out
   */
  void refuseNothingToLearn(TimeSplit part) {
    for (int j = 0; j < history.features().width(); j++) {
      ColumnStatistics training = ColumnStatistics.of(part.training(), j);
      if (!training.isConstant() && !training.isEmpty()) {
        return;
      }
    }
    List<String> lost = lostInSinglePrecision();
    int leftOut = split.training().count() - part.training().count();
    throw new InvalidInputException(
        "there is nothing to learn from "
            + history.origin()
            + ": in the training part, its oldest "
            + String.format(Locale.ROOT, "%,d", part.training().count())
            + " rows"
            + (leftOut > 0 ? " but for " + leftOut + " that contamination left out" : "")
            + ", no feature ever changes ("
            + history.features().names().stream()
                .limit(NAMES)
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", "))
            + (history.features().width() > NAMES ? ", …" : "")
            + (lost.isEmpty() ? "" : "; " + precisionLost(lost))
            + (leftOut > 0
                ? "); set contamination: none"
                : "); take other columns, a longer history, or one in which something happens"));
  }

  private List<String> messages(List<String> constant, List<String> lost, List<String> timeLike) {
    List<String> warnings = new ArrayList<>();
    if (!constant.isEmpty()) {
      warnings.add(
          "constant in the training part: "
              + String.join(", ", constant)
              + ". Any change there will count, in the column's own units; if that is not wanted,"
              + " leave the column out with features.exclude");
    }
    if (!lost.isEmpty()) {
      warnings.add(precisionLost(lost) + "; subtract a base or take differences");
    }
    if (!timeLike.isEmpty()) {
      warnings.add(
          "only ever rising, or in the newest part never as in the training part: "
              + timeLike.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "))
              + ". Times, ids and counters are so, and make every later record look anomalous;"
              + " leave them out with features.exclude: ["
              + Stream.concat(selection.exclude().stream(), timeLike.stream())
                  .map(ColumnReview::yaml)
                  .collect(Collectors.joining(", "))
              + "], or take differences");
    }
    return warnings;
  }

  private List<String> lostInSinglePrecision() {
    List<String> lost = new ArrayList<>();
    for (int j = 0; j < history.features().width(); j++) {
      if (history.isLostInSinglePrecision(j)) {
        Spread spread = history.spreads().get(j);
        lost.add(
            String.format(
                Locale.ROOT,
                "'%s' varies by %.3g around %.4g",
                history.features().names().get(j),
                spread.deviation(),
                spread.mean()));
      }
    }
    return lost;
  }

  private static String precisionLost(List<String> lost) {
    return String.join(", ", lost) + ", which single precision cannot hold";
  }

  private boolean leavesItsRange(ColumnStatistics training, int column) {
    ColumnStatistics newest = ColumnStatistics.of(split.calibration(), column);
    return newest.minimum() > training.maximum() || newest.maximum() < training.minimum();
  }

  /** Never falls, and takes more than two values. */
  private static boolean onlyRises(Rows rows, int column) {
    float last = Float.NaN;
    int steps = 0;
    for (int i = 0; i < rows.count(); i++) {
      float value = rows.at(i, column);
      if (value < last) {
        return false;
      }
      steps += value > last ? 1 : 0;
      last = Float.isNaN(value) ? last : value;
    }
    return steps >= 2;
  }

  private InvalidInputException withoutValue(Feature feature) {
    return new InvalidInputException(
        "column '"
            + feature.name()
            + "' of "
            + history.origin()
            + " has no value in the training part; leave it out with features.exclude: ["
            + yaml(feature.path().toString())
            + "]");
  }

  /** A name as it is written in a list of YAML's. */
  private static String yaml(String name) {
    boolean plain = name.matches("[\\p{L}_][\\p{L}\\p{N}_.-]*") && !name.equals("null");
    return plain ? name : "'" + name.replace("'", "''") + "'";
  }
}
