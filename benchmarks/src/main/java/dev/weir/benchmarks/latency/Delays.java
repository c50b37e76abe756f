package dev.weir.benchmarks.latency;

import org.HdrHistogram.Histogram;

/** Histograms of delays in microseconds, exact to three digits, up to an hour. */
final class Delays {
  private static final long LONGEST_MICROS = 3_600_000_000L;
  private static final int DIGITS = 3;
  private static final double MICROS_PER_MILLI = 1000;

  private Delays() {}

  static Histogram histogram() {
    return new Histogram(LONGEST_MICROS, DIGITS);
  }

  static long micros(long nanos) {
    return Math.min(LONGEST_MICROS, Math.max(0, nanos / 1000));
  }

  /** Milliseconds below which such a share of the delays, of 100, is. */
  static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }

  static double longestMillis(Histogram histogram) {
    return histogram.getMaxValue() / MICROS_PER_MILLI;
  }
}
