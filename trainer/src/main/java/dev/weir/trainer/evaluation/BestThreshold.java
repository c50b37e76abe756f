package dev.weir.trainer.evaluation;

import java.util.Optional;

/** The threshold that serves labelled points best. */
public final class BestThreshold {
  private BestThreshold() {}

  /**
   * The score at or above which alerts have the highest F1; of several the highest. Takes O(n log
   * n).
   *
   * @return empty unless there are points of both kinds
   * @throws IllegalArgumentException if the lengths differ or a score is NaN
   */
  public static Optional<Double> byF1(double[] scores, boolean[] labels) {
    LabelledScores points = new LabelledScores(scores, labels);
    if (points.anomalies() == 0 || points.normals() == 0) {
      return Optional.empty();
    }
    double[] all = points.sortedScores();
    double[] anomalous = points.sortedAnomalyScores();
    double best = Double.NaN;
    double bestF1 = -1;
    int alerts = 0;
    int hits = 0;
    while (alerts < all.length) {
      double score = all[all.length - 1 - alerts];
      while (alerts < all.length && all[all.length - 1 - alerts] == score) {
        alerts++;
      }
      while (hits < anomalous.length && anomalous[anomalous.length - 1 - hits] == score) {
        hits++;
      }
      double f1 = 2.0 * hits / (alerts + points.anomalies());
      if (f1 > bestF1) {
        bestF1 = f1;
        best = score;
      }
    }
    return Optional.of(best);
  }
}
