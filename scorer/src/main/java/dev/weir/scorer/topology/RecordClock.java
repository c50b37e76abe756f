package dev.weir.scorer.topology;

import java.util.Locale;

/** What a record's timestamp says. */
public enum RecordClock {
  /** When it happened, or was sent, as its producer says. */
  EVENT,
  /** When the broker appended it to its topic ({@code message.timestamp.type=LogAppendTime}). */
  APPEND;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
