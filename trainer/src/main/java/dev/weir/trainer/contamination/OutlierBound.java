package dev.weir.trainer.contamination;

import java.util.Arrays;

/**
 * The score above which rows stand out from the history that they are in.
 *
 * <p>Scores are errors: positive, skewed, and many times larger where something is wrong. So the
 * bound is set on their logarithm: the median plus {@value #DEVIATIONS} deviations, where the
 * deviation is that of the upper half, by its 90th percentile, which anomalies of up to a tenth of
 * the rows do not reach. Of normally distributed logarithms three in a hundred thousand are above
 * the bound; of ones with an exponential tail (a Pareto-tailed score) three in a thousand.
 */
final class OutlierBound {
  static final double DEVIATIONS = 4;

  private static final double UPPER = 0.9;

  /** The 90th percentile of the normal distribution, in standard deviations. */
  private static final double NORMAL_UPPER = 1.2815515655446004;

  private OutlierBound() {}

  /** The bound for some scores; infinite if they hardly differ. */
  static double of(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    double median = sorted[(sorted.length - 1) / 2];
    double upper = sorted[(int) (UPPER * (sorted.length - 1))];
    if (!(median > 0) || !(upper > median)) {
      return Double.POSITIVE_INFINITY;
    }
    double deviation = Math.log(upper / median) / NORMAL_UPPER;
    return median * Math.exp(DEVIATIONS * deviation);
  }

  /** The score that so large a share of the rows is above. */
  static double ofShare(double[] scores, double share) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int above = (int) Math.round(share * sorted.length);
    return above == 0 ? Double.POSITIVE_INFINITY : sorted[sorted.length - above - 1];
  }
}
