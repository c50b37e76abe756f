package dev.weir.model.feature;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What is done to a number before it is scaled.
 *
 * <p>Those that need nothing but the number are done inside the model's graph, so that expected
 * values come out in the field's own units. Those that need the key's earlier records are done by
 * the encoder; the encoded row holds their result.
 */
public enum Transform {
  /** The number as it is. */
  @JsonProperty("none")
  NONE,

  /** {@code log(1 + max(x, 0))}, in the graph; for counts and sizes. */
  @JsonProperty("log1p")
  LOG1P,

  /** {@code sign(x) · log(1 + |x|)}, in the graph; for what is large in both directions. */
  @JsonProperty("signedLog")
  SIGNED_LOG,

  /** The difference to the key's previous record. */
  @JsonProperty("difference")
  DIFFERENCE,

  /** The difference to the key's previous record, per second of event time between them. */
  @JsonProperty("rate")
  RATE,

  /** The mean of the key's last {@code rows} values, this one among them. */
  @JsonProperty("rollingMean")
  ROLLING_MEAN,

  /** The standard deviation (of the population) of the key's last {@code rows} values. */
  @JsonProperty("rollingDeviation")
  ROLLING_DEVIATION;

  /** Whether the encoder has to remember earlier records of the key. */
  public boolean isStateful() {
    return switch (this) {
      case NONE, LOG1P, SIGNED_LOG -> false;
      case DIFFERENCE, RATE, ROLLING_MEAN, ROLLING_DEVIATION -> true;
    };
  }

  /** Whether it looks back over a number of rows that has to be given. */
  public boolean isRolling() {
    return this == ROLLING_MEAN || this == ROLLING_DEVIATION;
  }
}
