package dev.weir.trainer.som;

import java.util.SplittableRandom;

/**
 * The mean of samples and the two directions in which they vary most, by orthogonal iteration
 * (Golub and Van Loan, Matrix Computations, section 7.3.2). A missing value counts as its column's
 * mean. Of many samples evenly spaced ones are looked at.
 *
 * @param mean float64 {@code [s]}
 * @param axes two of length 1, float64 {@code [2][s]}
 * @param deviations along them, the larger first, float64 {@code [2]}
 */
@SuppressWarnings("ArrayRecordComponent") // used at once, never compared
record PrincipalPlane(double[] mean, double[][] axes, double[] deviations) {
  private static final int MOST_VALUES = 4_000_000;
  private static final int FEWEST_SAMPLES = 500;
  private static final int ROUNDS = 60;
  private static final double CONVERGED = 1e-6;

  static PrincipalPlane of(SomSamples all, long seed) {
    SomSamples samples = all.thinned(Math.max(FEWEST_SAMPLES, MOST_VALUES / all.size()));
    int size = samples.size();
    double[] mean = samples.means();
    SplittableRandom random = new SplittableRandom(seed);
    double[][] axes = new double[2][size];
    for (double[] axis : axes) {
      for (int k = 0; k < size; k++) {
        axis[k] = random.nextDouble() - 0.5;
      }
    }
    orthonormalise(axes);
    double[] variances = new double[2];
    for (int round = 0; round < ROUNDS; round++) {
      double[][] next = timesCovariance(samples, mean, axes);
      double[] lengths = orthonormalise(next);
      // An axis without any variance left has no direction of its own.
      for (int a = 0; a < 2; a++) {
        axes[a] = lengths[a] > 0 ? next[a] : axes[a];
      }
      double change = Math.abs(lengths[0] - variances[0]) + Math.abs(lengths[1] - variances[1]);
      variances = lengths;
      if (change <= CONVERGED * lengths[0]) {
        break;
      }
    }
    return new PrincipalPlane(
        mean, axes, new double[] {Math.sqrt(variances[0]), Math.sqrt(variances[1])});
  }

  private static double[][] timesCovariance(SomSamples samples, double[] mean, double[][] axes) {
    int size = samples.size();
    double[][] product = new double[2][size];
    double[] centred = new double[size];
    for (int i = 0; i < samples.count(); i++) {
      double first = 0;
      double second = 0;
      for (int k = 0; k < size; k++) {
        float value = samples.at(i, k);
        centred[k] = Float.isNaN(value) ? 0 : value - mean[k];
        first += centred[k] * axes[0][k];
        second += centred[k] * axes[1][k];
      }
      first /= samples.count();
      second /= samples.count();
      for (int k = 0; k < size; k++) {
        product[0][k] += first * centred[k];
        product[1][k] += second * centred[k];
      }
    }
    return product;
  }

  /** Gram-Schmidt; gives the lengths before. */
  private static double[] orthonormalise(double[][] axes) {
    double[] lengths = new double[2];
    lengths[0] = normalise(axes[0], 0);
    double shared = 0;
    for (int k = 0; k < axes[0].length; k++) {
      shared += axes[0][k] * axes[1][k];
    }
    for (int k = 0; k < axes[0].length; k++) {
      axes[1][k] -= shared * axes[0][k];
    }
    lengths[1] = normalise(axes[1], 1e-12 * lengths[0]);
    return lengths;
  }

  /** What is not longer than rounding is nothing. */
  private static double normalise(double[] axis, double least) {
    double squares = 0;
    for (double value : axis) {
      squares += value * value;
    }
    double length = Math.sqrt(squares);
    if (length <= least) {
      return 0;
    }
    for (int k = 0; k < axis.length; k++) {
      axis[k] /= length;
    }
    return length;
  }
}
