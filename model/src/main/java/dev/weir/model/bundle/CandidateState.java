package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a search has come with one of its candidates. */
public enum CandidateState {
  /** It was not begun yet; only while the search goes on. */
  @JsonProperty("waiting")
  WAITING,

  /** It is being fitted; only while the search goes on. */
  @JsonProperty("fitting")
  FITTING,

  /** It was fitted and judged. */
  @JsonProperty("judged")
  JUDGED,

  /** It could not be fitted or judged. */
  @JsonProperty("failed")
  FAILED,

  /** It was not begun before the time was spent. */
  @JsonProperty("notTried")
  NOT_TRIED
}
