package dev.weir.model.feature;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What kind of value a feature is, and the one number that stands for it in an encoded row.
 *
 * <p>A missing value is {@link Float#NaN} in all of them. What a network sees of that number
 * (scaling, one-hot, sine and cosine) is made inside the model's graph.
 */
public enum FeatureType {
  /** A number, as it is. */
  @JsonProperty("numeric")
  NUMERIC,

  /** 1 for true, 0 for false. */
  @JsonProperty("boolean")
  BOOLEAN,

  /** A category's place in the feature's vocabulary, from 1; 0 for any that is not in it. */
  @JsonProperty("categorical")
  CATEGORICAL,

  /** A moment's hour of the day with its fraction, from 0 to below 24, in UTC. */
  @JsonProperty("hourOfDay")
  HOUR_OF_DAY,

  /** A moment's day of the week with its fraction, from 0 (Monday, 00:00) to below 7, in UTC. */
  @JsonProperty("dayOfWeek")
  DAY_OF_WEEK;

  /** Whether the number turns round at {@link #period()}: its end is next to its beginning. */
  public boolean isCyclic() {
    return this == HOUR_OF_DAY || this == DAY_OF_WEEK;
  }

  /** After how much a cyclic feature begins again, in its own units. */
  public double period() {
    return switch (this) {
      case HOUR_OF_DAY -> 24;
      case DAY_OF_WEEK -> 7;
      default -> throw new IllegalStateException(this + " is not cyclic");
    };
  }
}
