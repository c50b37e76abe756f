package dev.weir.benchmarks.latency;

import org.HdrHistogram.Histogram;

/**
 * What came of one rate with one guarantee.
 *
 * @param rate wanted, records a second
 * @param delays from the moment for which a record was intended to its alert, microseconds
 * @param late how much later than intended records were sent, microseconds
 * @param missing alerts that had not come when the waiting was over
 */
record LatencyResult(
    int rate, Guarantee guarantee, Histogram delays, Histogram late, long missing) {
  /**
   * A generator whose sends are later than this, one in a hundred, has not made the load that it
   * says.
   */
  static final double MOST_LATE_MILLIS = 5;

  /** So many alerts there must be for one in a thousand to mean something. */
  private static final int ENOUGH_FOR_P999 = 1000;

  double lateP99() {
    return Delays.millis(late, 99);
  }

  /** Whether the records were sent when they were to be. */
  boolean keptSchedule() {
    return lateP99() <= MOST_LATE_MILLIS;
  }

  /** Whether all alerts have come, so that the delays are those of all. */
  boolean isComplete() {
    return missing == 0;
  }

  /** Whether the figures are worth keeping. */
  boolean isValid() {
    return keptSchedule() && isComplete();
  }

  boolean hasP999() {
    return delays.getTotalCount() >= ENOUGH_FOR_P999;
  }
}
