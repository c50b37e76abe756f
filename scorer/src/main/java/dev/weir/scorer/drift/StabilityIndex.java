package dev.weir.scorer.drift;

/**
 * The population stability index of two histograms with the same bins: {@code Σ (q - p) ln(q / p)}
 * over the bins' shares {@code p} and {@code q}, the sum of both Kullback-Leibler divergences. 0 if
 * they are alike; by custom below 0.1 nothing has changed, and from 0.25 on a lot has (Siddiqi
 * 2006, "Credit Risk Scorecards").
 *
 * <p>Half a row is added to each bin, so that an empty one has a logarithm.
 */
final class StabilityIndex {
  private static final double HALF = 0.5;

  private StabilityIndex() {}

  /**
   * The index of some bins.
   *
   * @param expected how many rows each bin held in training
   * @param counts of several histograms, one after the other
   * @param first where this one begins
   */
  static double of(double[] expected, long[] counts, int first) {
    double index = 0;
    double allExpected = 0;
    double all = 0;
    for (int i = 0; i < expected.length; i++) {
      allExpected += expected[i] + HALF;
      all += counts[first + i] + HALF;
    }
    for (int i = 0; i < expected.length; i++) {
      double p = (expected[i] + HALF) / allExpected;
      double q = (counts[first + i] + HALF) / all;
      index += (q - p) * Math.log(q / p);
    }
    return index;
  }
}
