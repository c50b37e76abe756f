package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the numbers of a column are brought to one size with those of the others. */
public enum Scaling {
  /** Less the mean, divided by the standard deviation. */
  @JsonProperty("standard")
  STANDARD,

  /**
   * Less the median, divided by the interquartile range over 1.349, which of a normal distribution
   * is the standard deviation. Wild values do not move it.
   */
  @JsonProperty("robust")
  ROBUST,

  /** From 0, the smallest value, to 1, the largest. */
  @JsonProperty("minMax")
  MIN_MAX
}
