package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the quantisation error is divided by to become the score. */
public enum SomNormalization {
  /** Nothing. */
  @JsonProperty("none")
  NONE,

  /** What is usual in the cell: the mean error of the training rows that it won. */
  @JsonProperty("cell")
  CELL
}
