package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the probabilities of an ensemble's members become one score. */
public enum Combination {
  /**
   * {@code -Σ ln p} (Fisher 1925, "Statistical Methods for Research Workers"): many members that
   * are a little surprised count as much as one that is very surprised.
   */
  @JsonProperty("fisher")
  FISHER,

  /**
   * {@code -ln min p}: the most surprised member counts. Bonferroni's factor, the number of
   * members, is the same for all samples and so left to the calibration of the whole.
   */
  @JsonProperty("minimum")
  MINIMUM,

  /** {@code -ln mean p}. */
  @JsonProperty("mean")
  MEAN
}
