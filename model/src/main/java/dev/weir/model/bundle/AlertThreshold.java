package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.model.calibration.Calibration;

/**
 * From where on a record is anomalous.
 *
 * @param falseAlarmRate the share of normal records that are flagged by the calibration, in (0, 1)
 *     and no smaller than a calibration can tell; what the user set, if the threshold was chosen by
 *     it
 * @param score a record at or above it is flagged
 * @param basis what it was chosen by
 * @param interval how far the share of flagged records may be off, from how many calibration rows
 *     there were and how they follow on each other; null if nobody looked
 */
public record AlertThreshold(
    double falseAlarmRate,
    double score,
    ThresholdBasis basis,
    @JsonInclude(JsonInclude.Include.NON_NULL) RateInterval interval) {

  /** A threshold by the false-alarm rate alone. */
  public AlertThreshold(double falseAlarmRate, double score) {
    this(falseAlarmRate, score, ThresholdBasis.FALSE_ALARM_RATE, null);
  }

  @JsonCreator
  public AlertThreshold {
    basis = basis == null ? ThresholdBasis.FALSE_ALARM_RATE : basis;
    if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
      throw new IllegalArgumentException(
          "falseAlarmRate must be above 0 and below 1, for example 1e-4, but is " + falseAlarmRate);
    }
    if (falseAlarmRate < Calibration.SMALLEST_PROBABILITY) {
      throw new IllegalArgumentException(
          "falseAlarmRate must be at least "
              + Calibration.SMALLEST_PROBABILITY
              + ", the smallest probability that a calibration gives, but is "
              + falseAlarmRate);
    }
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("the threshold's score must be finite, but is " + score);
    }
  }
}
