package dev.weir.trainer.evaluation;

/**
 * How well scores put anomalous points before normal ones, whatever the threshold.
 *
 * <p>Both figures depend on the order of the scores alone and treat equal scores as one step, so
 * that neither rewards the order in which tied points happen to arrive.
 *
 * @param averagePrecision the area under the precision-recall curve ("AUC-PR") as a step function,
 *     the sum over distinct scores, from high to low, of gained recall times precision: what
 *     scikit-learn's {@code average_precision_score} gives; NaN where nothing is anomalous
 * @param rocAuc the probability that a random anomalous point scores above a random normal one,
 *     ties counting one half (Mann-Whitney); NaN unless there are points of both kinds
 */
public record RankingMetrics(double averagePrecision, double rocAuc) {

  /**
   * Takes O(n log n) for n points.
   *
   * @throws IllegalArgumentException if the lengths differ or a score is NaN
   */
  public static RankingMetrics of(double[] scores, boolean[] labels) {
    return of(new LabelledScores(scores, labels));
  }

  /** {@link #of(double[], boolean[])} for scores as models give them. */
  public static RankingMetrics of(float[] scores, boolean[] labels) {
    return of(new LabelledScores(scores, labels));
  }

  private static RankingMetrics of(LabelledScores points) {
    double[] all = points.sortedScores();
    double[] anomalous = points.sortedAnomalyScores();
    double anomalies = points.anomalies();
    double normals = points.normals();

    double precisionTimesHits = 0;
    double pairsInOrder = 0;
    int alerts = 0;
    int hits = 0;
    while (alerts < all.length) {
      double score = all[all.length - 1 - alerts];
      int alertsBefore = alerts;
      int hitsBefore = hits;
      while (alerts < all.length && all[all.length - 1 - alerts] == score) {
        alerts++;
      }
      while (hits < anomalous.length && anomalous[anomalous.length - 1 - hits] == score) {
        hits++;
      }
      double newHits = hits - hitsBefore;
      double newFalseAlarms = alerts - alertsBefore - newHits;
      precisionTimesHits += newHits * hits / alerts;
      pairsInOrder += newFalseAlarms * (hitsBefore + newHits / 2);
    }
    // Zero by zero, and so NaN, where the figure does not exist.
    return new RankingMetrics(precisionTimesHits / anomalies, pairsInOrder / (anomalies * normals));
  }
}
