package dev.weir.trainer.evaluation;

/**
 * What a detector's alerts are worth at one threshold, counted point by point.
 *
 * @param alerts points alerted on
 * @param precision share of the alerts that are anomalous; NaN without an alert
 * @param recall share of the anomalous points alerted on; NaN where nothing is anomalous
 * @param f1 harmonic mean of precision and recall, 0 where all alerts are false or all anomalies
 *     missed; NaN where there is neither an alert nor an anomaly
 * @param falseAlarmRate share of the normal points alerted on; NaN where nothing is normal
 */
public record ThresholdMetrics(
    int alerts, double precision, double recall, double f1, double falseAlarmRate) {

  /**
   * Counts given alerts.
   *
   * @throws IllegalArgumentException if the lengths differ
   */
  public static ThresholdMetrics of(boolean[] alerts, boolean[] labels) {
    LabelledScores.requireSameLength("alerts", alerts.length, labels);
    int truePositives = 0;
    int falsePositives = 0;
    int falseNegatives = 0;
    int trueNegatives = 0;
    for (int i = 0; i < alerts.length; i++) {
      if (alerts[i] && labels[i]) {
        truePositives++;
      } else if (alerts[i]) {
        falsePositives++;
      } else if (labels[i]) {
        falseNegatives++;
      } else {
        trueNegatives++;
      }
    }
    return new ThresholdMetrics(
        truePositives + falsePositives,
        share(truePositives, falsePositives),
        share(truePositives, falseNegatives),
        share(2.0 * truePositives, (double) falsePositives + falseNegatives),
        share(falsePositives, trueNegatives));
  }

  /**
   * Counts the alerts of a threshold: every point whose score reaches it.
   *
   * @param threshold in the unit of the scores; may be infinite
   * @throws IllegalArgumentException if the lengths differ, or a score or the threshold is NaN
   */
  public static ThresholdMetrics at(double threshold, double[] scores, boolean[] labels) {
    return at(threshold, new LabelledScores(scores, labels));
  }

  /** {@link #at(double, double[], boolean[])} for scores as models give them. */
  public static ThresholdMetrics at(double threshold, float[] scores, boolean[] labels) {
    return at(threshold, new LabelledScores(scores, labels));
  }

  private static ThresholdMetrics at(double threshold, LabelledScores points) {
    if (Double.isNaN(threshold)) {
      throw new IllegalArgumentException("threshold is NaN; it must be a number");
    }
    boolean[] alerts = new boolean[points.size()];
    for (int i = 0; i < alerts.length; i++) {
      alerts[i] = points.score(i) >= threshold;
    }
    return of(alerts, points.labels());
  }

  /** {@code part} of {@code part + rest}; NaN where both are zero. */
  private static double share(double part, double rest) {
    return part / (part + rest);
  }
}
