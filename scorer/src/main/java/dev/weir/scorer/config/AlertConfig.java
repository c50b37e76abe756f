package dev.weir.scorer.config;

import dev.weir.model.calibration.Calibration;
import dev.weir.model.config.Check;

/**
 * From where on a record raises an alert.
 *
 * @param falseAlarmRate share of normal records that may be flagged; the bundle's if not given
 * @param topFeatures how many features an alert names
 */
public record AlertConfig(Double falseAlarmRate, Integer topFeatures) {
  public static final AlertConfig DEFAULT = new AlertConfig(null, null);

  public AlertConfig {
    if (falseAlarmRate != null) {
      Check.between("falseAlarmRate", falseAlarmRate, Calibration.SMALLEST_PROBABILITY, 1);
    }
    topFeatures = Check.atLeast("topFeatures", Check.orElse(topFeatures, 5), 1);
  }
}
