package dev.weir.trainer.calibration;

import dev.weir.model.calibration.ParetoTail;

/**
 * Fits a generalised Pareto distribution to excesses by maximum likelihood.
 *
 * <p>With {@code θ = ξ/σ} the likelihood is maximal over {@code ξ} in closed form, {@code ξ(θ) =
 * mean(log(1 + θ x))}, which leaves a search in one dimension (Grimshaw 1993, "Computing maximum
 * likelihood estimates for the generalized Pareto distribution"). The shape is kept within [-0.5,
 * 1]: below, the estimate is not regular; above, the tail would not have a mean.
 */
final class ParetoTailFitter {
  private static final double LOWEST_SHAPE = -0.5;
  private static final double HIGHEST_SHAPE = 1;
  private static final int GRID = 400;

  private ParetoTailFitter() {}

  /**
   * Fits the tail above a threshold.
   *
   * @param excesses scores minus threshold, all above zero
   */
  static ParetoTail fit(double threshold, double exceedanceRate, double[] excesses) {
    double mean = 0;
    double largest = 0;
    for (double excess : excesses) {
      mean += excess / excesses.length;
      largest = Math.max(largest, excess);
    }
    double best = 0;
    double bestLikelihood = -Math.log(mean) - 1;
    // In units of 1/largest, θ must be above -1; beyond 1e4 no shape up to 1 is reached.
    double low = -0.999 / largest;
    double high = 1e4 / largest;
    double span = Math.log((high - low) * largest / 1e-3);
    for (int i = 0; i <= GRID; i++) {
      double theta = low + 1e-3 / largest * (Math.exp(span * i / GRID) - 1);
      double likelihood = likelihood(theta, excesses);
      if (likelihood > bestLikelihood) {
        bestLikelihood = likelihood;
        best = theta;
      }
    }
    if (best != 0) {
      double reach = Math.max(1e-3 / largest, (best - low) * (Math.exp(span / GRID) - 1)) * 2;
      best = refine(Math.max(low, best - reach), best + reach, excesses);
    }
    double shape = shape(best, excesses);
    double scale = Math.abs(shape) < 1e-9 ? mean : shape / best;
    return new ParetoTail(threshold, exceedanceRate, shape, scale);
  }

  /** Golden-section search for the maximum. */
  private static double refine(double from, double to, double[] excesses) {
    double ratio = (Math.sqrt(5) - 1) / 2;
    double low = from;
    double high = to;
    for (int i = 0; i < 80; i++) {
      double left = high - ratio * (high - low);
      double right = low + ratio * (high - low);
      if (likelihood(left, excesses) >= likelihood(right, excesses)) {
        high = right;
      } else {
        low = left;
      }
    }
    return (low + high) / 2;
  }

  private static double shape(double theta, double[] excesses) {
    double sum = 0;
    for (double excess : excesses) {
      sum += Math.log1p(theta * excess);
    }
    return sum / excesses.length;
  }

  /**
   * The mean log-likelihood with the best shape for this θ; minus infinity outside of the range.
   */
  private static double likelihood(double theta, double[] excesses) {
    double shape = shape(theta, excesses);
    if (!(shape >= LOWEST_SHAPE && shape <= HIGHEST_SHAPE) || Math.abs(shape) < 1e-9) {
      return Double.NEGATIVE_INFINITY;
    }
    return -Math.log(shape / theta) - shape - 1;
  }
}
