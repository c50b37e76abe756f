package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.model.bundle.ThresholdBasis;
import dev.weir.model.calibration.Calibration;
import dev.weir.model.config.Check;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * From where on a record is anomalous; one of these, the false-alarm rate if none is given.
 *
 * @param falseAlarmRate share of normal records that may be flagged
 * @param quantile of the calibration rows' scores, such as 0.999
 * @param mad so many median absolute deviations (as standard deviations of a normal distribution)
 *     above the calibration rows' median score
 * @param value the score itself
 * @param labels by what the labelled rows choose it
 */
public record ThresholdConfig(
    Double falseAlarmRate, Double quantile, Double mad, Double value, Criterion labels) {
  public static final ThresholdConfig DEFAULT = new ThresholdConfig(null, null, null, null, null);

  /** What is best on labelled rows. */
  public enum Criterion {
    /** The score with the highest harmonic mean of precision and recall. */
    @JsonProperty("bestF1")
    BEST_F1
  }

  public ThresholdConfig {
    long given =
        Stream.of(falseAlarmRate, quantile, mad, value, labels).filter(Objects::nonNull).count();
    if (given > 1) {
      throw Check.refuse(
          "falseAlarmRate",
          "and 'quantile', 'mad', 'value' and 'labels' exclude each other; give one of them");
    }
    if (given == 0) {
      falseAlarmRate = 1e-3;
    }
    if (falseAlarmRate != null) {
      Check.between("falseAlarmRate", falseAlarmRate, 0, 1);
      if (falseAlarmRate < Calibration.SMALLEST_PROBABILITY) {
        throw Check.refuse(
            "falseAlarmRate",
            "is "
                + falseAlarmRate
                + ", but must be at least "
                + Calibration.SMALLEST_PROBABILITY
                + ", the smallest probability that a calibration gives");
      }
    }
    if (quantile != null) {
      Check.between("quantile", quantile, 0, 1);
    }
    if (mad != null) {
      Check.above("mad", mad, 0);
    }
    if (value != null) {
      Check.above("value", value, 0);
    }
  }

  /** Which of them was given. */
  public ThresholdBasis basis() {
    if (quantile != null) {
      return ThresholdBasis.QUANTILE;
    }
    if (mad != null) {
      return ThresholdBasis.MAD;
    }
    if (value != null) {
      return ThresholdBasis.VALUE;
    }
    return labels == null ? ThresholdBasis.FALSE_ALARM_RATE : ThresholdBasis.LABELS;
  }
}
