package dev.weir.cli.evaluate;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.trainer.evaluation.DominantPeriod;
import dev.weir.trainer.evaluation.RankingMetrics;
import dev.weir.trainer.evaluation.ThresholdMetrics;
import dev.weir.trainer.evaluation.VolumeUnderSurface;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How good a model's scores are.
 *
 * @param rows how many were scored
 * @param leftOut how many had no value to score
 * @param warmingUp how many came before a key had as many rows as the model looks at together
 * @param threshold the deployed one, in units of the score
 * @param alerts rows at or above it
 * @param quantiles of the scores, by probability
 * @param labelled what labels allow to say
 */
public record Evaluation(
    int rows,
    int leftOut,
    int warmingUp,
    AlertThreshold threshold,
    int alerts,
    Map<Double, Double> quantiles,
    Optional<Labelled> labelled) {
  private static final double[] PROBABILITIES = {0.5, 0.9, 0.99, 0.999, 1};

  /**
   * What can be said only where labels are.
   *
   * @param anomalies rows that are labelled as such
   * @param window of VUS-PR, in rows
   */
  public record Labelled(
      int anomalies,
      RankingMetrics ranking,
      ThresholdMetrics atThreshold,
      VolumeUnderSurface volume,
      int window) {}

  /**
   * Evaluates scores.
   *
   * @param vusWindow 0 to estimate it
   */
  public static Evaluation of(OfflineScores scored, AlertThreshold threshold, int vusWindow) {
    float[] sorted = scored.scores().clone();
    Arrays.sort(sorted);
    Map<Double, Double> quantiles = new TreeMap<>();
    for (double probability : PROBABILITIES) {
      int index = (int) Math.ceil(probability * sorted.length) - 1;
      quantiles.put(probability, (double) sorted[Math.max(0, index)]);
    }
    int alerts = 0;
    for (float score : sorted) {
      alerts += score >= threshold.score() ? 1 : 0;
    }
    return new Evaluation(
        sorted.length,
        scored.leftOut(),
        scored.warmingUp(),
        threshold,
        alerts,
        quantiles,
        scored.labels().map(labels -> labelled(scored, labels, threshold, vusWindow)));
  }

  private static Labelled labelled(
      OfflineScores scored, boolean[] labels, AlertThreshold threshold, int vusWindow) {
    int anomalies = 0;
    for (boolean label : labels) {
      anomalies += label ? 1 : 0;
    }
    int window = vusWindow == 0 ? DominantPeriod.estimate(scored.firstFeature()) : vusWindow;
    return new Labelled(
        anomalies,
        RankingMetrics.of(scored.scores(), labels),
        ThresholdMetrics.at(threshold.score(), scored.scores(), labels),
        VolumeUnderSurface.of(scored.scores(), labels, window),
        window);
  }
}
