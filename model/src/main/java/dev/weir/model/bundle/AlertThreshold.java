package dev.weir.model.bundle;

import dev.weir.model.calibration.Calibration;

/**
 * From where on a record is anomalous.
 *
 * @param falseAlarmRate the share of normal records that may be flagged, as the user set it, in (0,
 *     1) and no smaller than a calibration can tell
 * @param score the score that belongs to it by the calibration; a record at or above it is flagged
 */
public record AlertThreshold(double falseAlarmRate, double score) {

  public AlertThreshold {
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
