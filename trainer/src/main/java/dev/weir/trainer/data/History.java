package dev.weir.trainer.data;

import dev.weir.model.feature.FeatureSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a model learns from.
 *
 * @param features what the columns are
 * @param linked the encoded records, oldest first, and which of them are of one key
 * @param spreads how the columns vary in double precision, by column; empty if nobody looked
 * @param rejected records that were read, but could not be encoded
 * @param notes what the user should know of the reading: what was left out, and why
 * @param origin where it came from, for messages and the report
 * @param keys what the keys are called, by their numbers; empty if nobody says
 * @param timed whether the rows' times are milliseconds since 1970, UTC; otherwise they say no more
 *     than the order
 */
public record History(
    FeatureSpec features,
    LinkedRows linked,
    List<Spread> spreads,
    long rejected,
    List<String> notes,
    String origin,
    List<String> keys,
    boolean timed) {

  public History(
      FeatureSpec features,
      LinkedRows linked,
      List<Spread> spreads,
      long rejected,
      List<String> notes,
      String origin) {
    this(features, linked, spreads, rejected, notes, origin, List.of(), false);
  }

  public History {
    spreads = List.copyOf(spreads);
    notes = List.copyOf(notes);
    keys = List.copyOf(keys);
  }

  /** The encoded records, oldest first. */
  public Rows rows() {
    return linked.rows();
  }

  /** When a row happened, if that is known. */
  public Optional<Instant> time(int row) {
    return timed ? Optional.of(Instant.ofEpochMilli(linked.times()[row])) : Optional.empty();
  }

  /** Whose row it is, if that is known. */
  public Optional<String> key(int row) {
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(linked.keys()[row]));
  }

  /**
   * How many rows a day brings, over all keys, on the average from the first row to the last; empty
   * if nobody knows.
   */
  public OptionalDouble rowsPerDay() {
    int last = rows().count() - 1;
    long span = last < 1 ? 0 : linked.times()[last] - linked.times()[0];
    return timed && span > 0
        ? OptionalDouble.of((double) last * Duration.ofDays(1).toMillis() / span)
        : OptionalDouble.empty();
  }

  /** What a model with a window of so many rows sees of it. */
  public Samples samples(int window) {
    return Samples.of(linked.rows(), linked.previous(), window);
  }

  /** Whether a column varies, but by less than its rows, in single precision, can tell. */
  public boolean isLostInSinglePrecision(int column) {
    return column < spreads.size() && spreads.get(column).isLostInSinglePrecision();
  }
}
