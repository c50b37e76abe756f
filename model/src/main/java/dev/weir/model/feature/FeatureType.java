package dev.weir.model.feature;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a feature is made from its field. */
public enum FeatureType {
  /** The field's number as it is; a field that is null or absent is a missing value. */
  @JsonProperty("numeric")
  NUMERIC
}
