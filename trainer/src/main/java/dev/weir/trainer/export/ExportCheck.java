package dev.weir.trainer.export;

import dev.weir.model.error.OperationFailedException;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.data.Samples;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Holds the scores of an exported graph against the trainer's own. */
public final class ExportCheck {
  /** The largest difference that is borne, relative to the score, but for {@link Rounding}. */
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
    double[] differences = differences(own, exported);
    return largest(differences, IntStream.range(0, own.length).toArray(), own, exported);
  }

  /**
   * Compares a model's scores with the graph's. Where they differ by more than {@link #TOLERANCE},
   * they may still do so by as much as the model's own score of the row changes if the row is off
   * by {@linkplain Rounding a few roundings}: a model that gives rows back all but exactly has
   * scores of which single precision leaves no digit.
   *
   * @param model gives the scores of samples, float64 {@code [n]}
   * @param features of the samples
   * @param exported what the graph says of the samples, float64 {@code [n]}
   * @return the largest relative difference, what is borne as rounding left aside
   * @throws OperationFailedException if it is beyond {@link #TOLERANCE}
   */
  public static double compare(
      Function<Samples, double[]> model, FeatureSpec features, Samples samples, double[] exported) {
    double[] own = model.apply(samples);
    double[] differences = differences(own, exported);
    int[] doubtful =
        IntStream.range(0, own.length).filter(i -> !(differences[i] <= TOLERANCE)).toArray();
    boolean[] borne = new boolean[own.length];
    if (doubtful.length > 0) {
      double[] bounds = new Rounding(features, samples).bounds(model, doubtful);
      for (int k = 0; k < doubtful.length; k++) {
        int i = doubtful[k];
        borne[i] = Math.abs(own[i] - exported[i]) <= TOLERANCE * Math.abs(own[i]) + bounds[k];
      }
    }
    int[] judged = IntStream.range(0, own.length).filter(i -> !borne[i]).toArray();
    return largest(differences, judged, own, exported);
  }

  private static double[] differences(double[] own, double[] exported) {
    double[] sorted = own.clone();
    Arrays.sort(sorted);
    double floor = Math.max(1e-12, sorted[sorted.length / 2] * SMALLEST_SHARE_OF_MEDIAN);
    double[] differences = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      double difference = Math.abs(own[i] - exported[i]) / Math.max(floor, Math.abs(own[i]));
      // A score that is not a number, on either side, is as wrong as can be.
      differences[i] = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }
    return differences;
  }

  private static double largest(
      double[] differences, int[] judged, double[] own, double[] exported) {
    double worst = 0;
    int worstRow = 0;
    for (int i : judged) {
      if (differences[i] > worst) {
        worst = differences[i];
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
