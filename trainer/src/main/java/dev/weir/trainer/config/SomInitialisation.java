package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the weights of a self-organising map are before training. */
public enum SomInitialisation {
  /** A grid on the plane of the two largest principal components. */
  @JsonProperty("pca")
  PCA,

  /** Training rows, drawn at random. */
  @JsonProperty("sample")
  SAMPLE,

  /** Normally distributed with each column's own mean and deviation. */
  @JsonProperty("random")
  RANDOM
}
