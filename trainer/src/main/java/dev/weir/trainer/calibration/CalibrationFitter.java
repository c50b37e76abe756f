package dev.weir.trainer.calibration;

import dev.weir.model.calibration.Calibration;
import dev.weir.model.calibration.ParetoTail;
import dev.weir.model.error.OperationFailedException;
import java.util.Arrays;

/**
 * Fits a {@link Calibration} on the scores of held-out normal rows.
 *
 * <p>The tail is fitted on the excesses over a high quantile (peaks over threshold, Siffer et al.
 * 2017): the highest 2 % of the scores, but at least {@value #FEWEST_EXCESSES} of them where there
 * are enough, and never more than the highest fifth.
 */
public final class CalibrationFitter {
  private static final double TAIL_SHARE = 0.02;
  private static final double LARGEST_TAIL_SHARE = 0.2;
  private static final int FEWEST_EXCESSES = 50;
  private static final int BODY_QUANTILES = 512;

  private CalibrationFitter() {}

  /**
   * Fits the distribution.
   *
   * @param scores of normal rows, float64 {@code [n]}, in any order; not changed
   * @throws OperationFailedException if a score is not finite
   */
  public static Calibration fit(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    if (!Double.isFinite(sorted[n - 1]) || !Double.isFinite(sorted[0])) {
      throw new OperationFailedException(
          "a calibration row has a score that is not finite, so no threshold can be set; look at"
              + " the newest rows of the history for values far beyond the others, and set a smaller"
              + " model.learningRate if there are none");
    }
    int excesses =
        (int)
            Math.max(
                1, Math.min(n * LARGEST_TAIL_SHARE, Math.max(n * TAIL_SHARE, FEWEST_EXCESSES)));
    double threshold = sorted[n - 1 - excesses];
    double rate = (double) excesses / n;
    return new Calibration(body(sorted, n - excesses), tail(sorted, excesses, threshold, rate), n);
  }

  /** Evenly spaced quantiles of the scores up to the threshold, which is the last of them. */
  private static double[] body(double[] sorted, int count) {
    int points = Math.max(2, Math.min(BODY_QUANTILES, count));
    double[] quantiles = new double[points];
    for (int i = 0; i < points; i++) {
      double position = (double) i / (points - 1) * (count - 1);
      int below = (int) Math.min(position, Math.max(0, count - 2));
      double above = sorted[Math.min(below + 1, count - 1)];
      quantiles[i] = sorted[below] + (position - below) * (above - sorted[below]);
    }
    quantiles[points - 1] = sorted[count - 1];
    return quantiles;
  }

  private static ParetoTail tail(double[] sorted, int excesses, double threshold, double rate) {
    double[] above =
        Arrays.stream(sorted, sorted.length - excesses, sorted.length)
            .map(score -> score - threshold)
            .filter(excess -> excess > 0)
            .toArray();
    if (above.length == 0) {
      // All the highest scores are equal: anything above them is as unlikely as can be.
      double scale = Math.max(Math.abs(threshold) * 1e-6, 1e-12);
      return new ParetoTail(threshold, rate, 0, scale);
    }
    return ParetoTailFitter.fit(threshold, rate, above);
  }
}
