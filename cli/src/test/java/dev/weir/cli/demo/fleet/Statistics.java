package dev.weir.cli.demo.fleet;

import java.util.Arrays;

/** The few sample statistics that the fleet's tests measure. */
final class Statistics {
  private Statistics() {}

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  /** Pearson's correlation of two samples of the same length. */
  static double correlation(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - meanX) * (y[i] - meanY);
    }
    return sum / x.length / (deviation(x) * deviation(y));
  }

  /** The correlation of a series with itself so many steps later. */
  static double autocorrelation(double[] values, int lag) {
    return correlation(
        Arrays.copyOf(values, values.length - lag), Arrays.copyOfRange(values, lag, values.length));
  }
}
