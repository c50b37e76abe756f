package dev.weir.scorer.topology;

import java.util.Locale;

/** Why something that should have been published was not. A closed list: it is a metric's tag. */
public enum Unpublished {
  /** It is larger than a request to Kafka may be. */
  TOO_LARGE,
  /** The state of a key is, which begins anew when it is needed again. */
  STATE_TOO_LARGE,
  /** What was kept of a key's incidents, or counted for drift, cannot be read: it begins anew. */
  STATE_DAMAGED,
  /** It could not be made of the record's verdict. */
  FAILED,
  /** Kafka did not take it. */
  NOT_TAKEN;

  /** As it stands in a header or a metric's tag. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
