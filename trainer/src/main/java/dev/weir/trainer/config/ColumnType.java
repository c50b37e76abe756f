package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a column is taken for. */
public enum ColumnType {
  /** Numbers, of which differences and sizes mean something. */
  @JsonProperty("numeric")
  NUMERIC,

  /** True or false. */
  @JsonProperty("boolean")
  BOOLEAN,

  /** One of several names. */
  @JsonProperty("categorical")
  CATEGORICAL,

  /** Moments, of which the time of day and the day of the week are looked at. */
  @JsonProperty("timestamp")
  TIMESTAMP;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
