package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How what a network does not give back becomes a score. */
public enum ResidualKind {
  /**
   * Relative to the differences that are usual, in each column and between columns: a difference
   * counts for more where the network is always right, and for less where it goes along with others
   * as it does in normal rows.
   */
  @JsonProperty("whitened")
  WHITENED,

  /** Relative to the differences that are usual in each column, whatever they have in common. */
  @JsonProperty("scaled")
  SCALED,

  /** The squared differences as they are, in the columns' deviations. */
  @JsonProperty("squared")
  SQUARED
}
