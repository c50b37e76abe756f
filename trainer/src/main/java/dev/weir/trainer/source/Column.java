package dev.weir.trainer.source;

/**
 * A column of a file, or a field of a topic's records.
 *
 * @param name as it is written, with dots for a nested field
 * @param kind what it holds
 * @param remark what to tell somebody who wanted numbers; may be empty
 */
public record Column(String name, Kind kind, String remark) {

  public Column(String name, Kind kind) {
    this(name, kind, "");
  }

  /** What a column holds, as far as it can become a feature. */
  public enum Kind {
    NUMERIC,
    BOOLEAN,
    TEXT,
    /** Numbers for the most part: somebody has to mend the rest. */
    MIXED,
    /** Moments: a date, with or without a time of day. */
    TIMESTAMP,
    /** Times that are no moments: times of day, and where a schema says so, dates and durations. */
    TIME,
    /** Lists and objects, or values of several kinds. */
    OTHER,
    /** No value at all. */
    EMPTY
  }
}
