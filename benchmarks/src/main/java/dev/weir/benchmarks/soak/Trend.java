package dev.weir.benchmarks.soak;

import java.util.Arrays;

/**
 * By how much something grows an hour, as a straight line has it, and how sure that is.
 *
 * <p>Samples that follow each other closely are alike, and would feign certainty. So the line is
 * fitted by least squares to the means of {@value #BLOCKS} equal stretches of time, and the
 * interval is that of their residuals by Student's distribution.
 *
 * @param perHour the slope
 * @param margin half of the interval in which the slope is with 95 %
 */
record Trend(double perHour, double margin) {
  private static final int BLOCKS = 20;

  /** Student's, of 18 degrees of freedom, 97.5 %. */
  private static final double STUDENT = 2.1009;

  private static final double NANOS_PER_HOUR = 3.6e12;

  /**
   * Fits a line.
   *
   * @param nanos when, rising
   * @param values what was measured then
   */
  static Trend of(long[] nanos, double[] values) {
    if (nanos.length < 2 * BLOCKS) {
      return new Trend(Double.NaN, Double.NaN);
    }
    double[] x = new double[BLOCKS];
    double[] y = new double[BLOCKS];
    for (int block = 0; block < BLOCKS; block++) {
      int from = block * nanos.length / BLOCKS;
      int to = (block + 1) * nanos.length / BLOCKS;
      for (int i = from; i < to; i++) {
        x[block] += (nanos[i] - nanos[0]) / NANOS_PER_HOUR / (to - from);
        y[block] += values[i] / (to - from);
      }
    }
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double squares = 0;
    double products = 0;
    for (int i = 0; i < BLOCKS; i++) {
      squares += (x[i] - meanX) * (x[i] - meanX);
      products += (x[i] - meanX) * (y[i] - meanY);
    }
    double slope = products / squares;
    double residuals = 0;
    for (int i = 0; i < BLOCKS; i++) {
      double off = y[i] - meanY - slope * (x[i] - meanX);
      residuals += off * off;
    }
    return new Trend(slope, STUDENT * Math.sqrt(residuals / (BLOCKS - 2) / squares));
  }
}
