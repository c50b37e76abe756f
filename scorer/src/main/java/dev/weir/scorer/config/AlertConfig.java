package dev.weir.scorer.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.weir.model.calibration.Calibration;
import dev.weir.model.config.Check;

/**
 * From where on a record raises an alert.
 *
 * @param falseAlarmRate share of normal records that may be flagged; the bundle's if not given
 * @param topFeatures how many features an alert names
 * @param incidents when anomalous records become an incident; if not given, each is an alert
 * @param silence when a key that stops sending raises an alert; never if not given
 */
public record AlertConfig(
    Double falseAlarmRate, Integer topFeatures, IncidentConfig incidents, SilenceConfig silence) {
  public static final AlertConfig DEFAULT = new AlertConfig(null, null);

  /** Every anomalous record is an alert, and silence none. */
  public AlertConfig(Double falseAlarmRate, Integer topFeatures) {
    this(falseAlarmRate, topFeatures, null, null);
  }

  @JsonCreator
  public AlertConfig {
    if (falseAlarmRate != null) {
      Check.between("falseAlarmRate", falseAlarmRate, Calibration.SMALLEST_PROBABILITY, 1);
    }
    topFeatures = Check.atLeast("topFeatures", Check.orElse(topFeatures, 5), 1);
  }

  /** Whether anything has to be remembered of keys for it. */
  public boolean isWatchingKeys() {
    return incidents != null || silence != null;
  }
}
