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
    /** Numbers for the most part: somebody has to mend the rest. */
    MIXED,
    TIME,
    /** Text, truth values, lists: nothing that is a number. */
    OTHER,
    /** No value at all. */
    EMPTY
  }
}
