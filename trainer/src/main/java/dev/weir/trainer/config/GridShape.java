package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the cells of a self-organising map lie beside each other. */
public enum GridShape {
  /** Every other row is shifted by half a cell, so that each has six neighbours at distance 1. */
  @JsonProperty("hexagonal")
  HEXAGONAL,

  /** Rows and columns; four neighbours at distance 1. */
  @JsonProperty("rectangular")
  RECTANGULAR
}
