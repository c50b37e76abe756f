package dev.weir.trainer.export;

import dev.weir.model.error.OperationFailedException;
import java.util.Arrays;
import java.util.Locale;

/** Holds the scores of an exported graph against the trainer's own. */
public final class ExportCheck {
  /** The largest difference that is borne, relative to the score. */
  public static final double TOLERANCE = 1e-4;

  /**
   * Scores that are this small beside the median count as if they were this large: an error of
   * nearly nothing is the difference of two nearly equal numbers, of which single precision leaves
   * few digits.
   */
  private static final double SMALLEST_SHARE_OF_MEDIAN = 0.01;

  private ExportCheck() {}

  /**
   * Compares the scores of the same rows.
   *
   * @return the largest relative difference
   * @throws OperationFailedException if it is beyond {@link #TOLERANCE}
   */
  public static double compare(double[] own, double[] exported) {
    double[] sorted = own.clone();
    Arrays.sort(sorted);
    double floor = Math.max(1e-12, sorted[sorted.length / 2] * SMALLEST_SHARE_OF_MEDIAN);
    double worst = 0;
    int worstRow = 0;
    for (int i = 0; i < own.length; i++) {
      double difference = Math.abs(own[i] - exported[i]) / Math.max(floor, Math.abs(own[i]));
      // A score that is not a number, on either side, is as wrong as can be.
      difference = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
      if (difference > worst) {
        worst = difference;
        worstRow = i;
      }
    }
    if (worst > TOLERANCE) {
      throw new OperationFailedException(
          String.format(
              Locale.ROOT,
              "the exported graph does not compute what the trainer does: validation row %d scores"
                  + " %s in the trainer and %s in ONNX Runtime, a relative difference of %.2g where"
                  + " %.0e is allowed; no bundle was written. Please report this with the config",
              worstRow,
              own[worstRow],
              exported[worstRow],
              worst,
              TOLERANCE));
    }
    return worst;
  }
}
