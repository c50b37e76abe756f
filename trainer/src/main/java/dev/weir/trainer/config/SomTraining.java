package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a self-organising map learns. */
public enum SomTraining {
  /** All rows at once: each cell becomes the mean of what its neighbourhood won. */
  @JsonProperty("batch")
  BATCH,

  /** Row by row: the winner, and its neighbours with it, move towards the row. */
  @JsonProperty("online")
  ONLINE
}
