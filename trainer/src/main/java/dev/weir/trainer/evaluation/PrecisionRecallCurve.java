package dev.weir.trainer.evaluation;

import java.util.Arrays;

/**
 * Precision and recall at every threshold, from the highest score down; points with equal scores
 * are one step.
 *
 * @param recall ascending, {@code [m]}
 * @param precision at that recall, {@code [m]}
 * @param thresholds the score from which on points count as alerts there, {@code [m]}
 */
@SuppressWarnings("ArrayRecordComponent") // drawn once and thrown away
public record PrecisionRecallCurve(double[] recall, double[] precision, double[] thresholds) {

  /**
   * Draws the curve.
   *
   * @param most how many points it has at most, closer together among the highest scores
   * @throws IllegalArgumentException if the lengths differ, a score is NaN or nothing is anomalous
   */
  public static PrecisionRecallCurve of(double[] scores, boolean[] labels, int most) {
    LabelledScores points = new LabelledScores(scores, labels);
    if (points.anomalies() == 0) {
      throw new IllegalArgumentException("nothing is anomalous, so there is no recall");
    }
    double[] all = points.sortedScores();
    double[] anomalous = points.sortedAnomalyScores();
    int size = Math.min(most, all.length);
    double[] recall = new double[size];
    double[] precision = new double[size];
    double[] thresholds = new double[size];
    int alerts = 0;
    int hits = 0;
    int used = 0;
    for (int i = 0; i < size; i++) {
      int rank = rank(i, size, all.length);
      if (rank <= alerts) {
        continue;
      }
      double threshold = all[all.length - rank];
      while (alerts < all.length && all[all.length - 1 - alerts] >= threshold) {
        alerts++;
      }
      while (hits < anomalous.length && anomalous[anomalous.length - 1 - hits] >= threshold) {
        hits++;
      }
      recall[used] = (double) hits / anomalous.length;
      precision[used] = (double) hits / alerts;
      thresholds[used++] = threshold;
    }
    return new PrecisionRecallCurve(
        Arrays.copyOf(recall, used),
        Arrays.copyOf(precision, used),
        Arrays.copyOf(thresholds, used));
  }

  /** From 1; closer together where few points count, for there precision moves most. */
  private static int rank(int step, int steps, int points) {
    if (steps == points) {
      return step + 1;
    }
    double share = (double) step / Math.max(1, steps - 1);
    return steps == 1 ? points : (int) Math.round(1 + (points - 1) * share * share);
  }
}
