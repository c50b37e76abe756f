package dev.weir.trainer.config;

import dev.weir.model.calibration.Calibration;
import dev.weir.model.config.Check;

/**
 * How many false alarms are bearable.
 *
 * @param falseAlarmRate share of normal records that may be flagged
 */
public record ThresholdConfig(Double falseAlarmRate) {
  public static final ThresholdConfig DEFAULT = new ThresholdConfig(null);

  public ThresholdConfig {
    falseAlarmRate = Check.between("falseAlarmRate", Check.orElse(falseAlarmRate, 1e-3), 0, 1);
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
}
