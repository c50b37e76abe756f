package dev.weir.benchmarks.latency;

/**
 * When each record is due, and where it lies: known beforehand, so that nothing that happens while
 * records are sent can move the moment from which their delay counts. Immutable.
 *
 * <p>Record {@code i} is due {@code i / rate} seconds after the beginning and goes to partition
 * {@code i mod partitions}, where it has offset {@code i / partitions} in a topic that was empty.
 *
 * @param begunNanos of {@link System#nanoTime()}
 * @param rate records a second
 * @param partitions of the topic
 * @param records all of them
 * @param warmUp so many of them, the first ones, do not count
 * @param alertEvery every so manieth record is made anomalous
 */
record Schedule(
    long begunNanos, int rate, int partitions, long records, long warmUp, int alertEvery) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** The moment for which a record is intended, of {@link System#nanoTime()}. */
  long intendedNanos(long record) {
    return begunNanos + Math.round(record * (NANOS_PER_SECOND / rate));
  }

  int partition(long record) {
    return (int) (record % partitions);
  }

  long offset(long record) {
    return record / partitions;
  }

  /** The record at a place. */
  long record(int partition, long offset) {
    return offset * partitions + partition;
  }

  boolean isAnomalous(long record) {
    return record % alertEvery == alertEvery - 1;
  }

  boolean counts(long record) {
    return record >= warmUp;
  }

  /** How many records are made anomalous. */
  long anomalies() {
    return records / alertEvery;
  }
}
