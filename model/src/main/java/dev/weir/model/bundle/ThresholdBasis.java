package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a threshold was chosen by. */
public enum ThresholdBasis {
  /** The share of normal records that may be flagged, by the fitted distribution of scores. */
  @JsonProperty("falseAlarmRate")
  FALSE_ALARM_RATE,

  /** A quantile of the calibration rows' scores, without a fitted tail. */
  @JsonProperty("quantile")
  QUANTILE,

  /** So many median absolute deviations above the calibration rows' median score. */
  @JsonProperty("mad")
  MAD,

  /** A score that the user gave. */
  @JsonProperty("value")
  VALUE,

  /** The score with the best F1 on labelled rows. */
  @JsonProperty("labels")
  LABELS
}
