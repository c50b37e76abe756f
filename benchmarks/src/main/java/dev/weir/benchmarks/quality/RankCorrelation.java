package dev.weir.benchmarks.quality;

import java.util.Arrays;

/** Spearman's rank correlation; equal values share the mean of their ranks. */
final class RankCorrelation {
  private RankCorrelation() {}

  /** From -1 to 1; NaN where all values of one side are equal. */
  static double of(double[] some, double[] others) {
    double[] x = ranks(some);
    double[] y = ranks(others);
    double middle = (x.length - 1) / 2.0;
    double both = 0;
    double squaresX = 0;
    double squaresY = 0;
    for (int i = 0; i < x.length; i++) {
      both += (x[i] - middle) * (y[i] - middle);
      squaresX += (x[i] - middle) * (x[i] - middle);
      squaresY += (y[i] - middle) * (y[i] - middle);
    }
    return both / Math.sqrt(squaresX * squaresY);
  }

  private static double[] ranks(double[] values) {
    return Arrays.stream(values)
        .map(
            value -> {
              double below = Arrays.stream(values).filter(other -> other < value).count();
              double equal = Arrays.stream(values).filter(other -> other == value).count();
              return below + (equal - 1) / 2;
            })
        .toArray();
  }
}
