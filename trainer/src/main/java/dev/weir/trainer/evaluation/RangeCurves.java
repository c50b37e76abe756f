package dev.weir.trainer.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * The range-aware precision-recall and ROC curves of one series, a pair for each window.
 *
 * <p>Thresholds fall from the highest score to the lowest, so a point that is alerted on at one
 * threshold is alerted on at all later ones. Each point therefore needs only its level, the first
 * threshold that it reaches: sums over the alerts of a threshold are running sums over levels.
 *
 * <p>At one threshold and window let P be the number of anomalous points, H those alerted on, and B
 * the summed weight of the alerted points in the buffers, where a point at distance d of a range
 * weighs sqrt(1 - d / window), and at most 1 where buffers overlap. Then
 *
 * <ul>
 *   <li>true positives are H + B, and all other alerts are false;
 *   <li>positives are P + B / 2, between those labelled and those that the alerts would have;
 *   <li>recall is true positives by positives, at most 1, times the share of the ranges, joined
 *       where buffers overlap, that have an alert anywhere, buffer included;
 *   <li>the false-positive rate is false positives by all points that are not positives.
 * </ul>
 */
final class RangeCurves {
  private final LabelledScores points;
  private final List<AnomalyRange> ranges;
  private final int[] levels;
  private final int[] alerts;
  private final int[] hits;

  /** Areas under the two curves of one window. */
  record Areas(double pr, double roc) {}

  /**
   * @param points of both kinds
   * @param thresholds at least 2
   */
  RangeCurves(LabelledScores points, int thresholds) {
    this.points = points;
    this.ranges = AnomalyRange.of(points.labels());
    this.levels = levels(points, thresholds);
    this.alerts = new int[thresholds];
    this.hits = new int[thresholds];
    for (int i = 0; i < levels.length; i++) {
      alerts[levels[i]]++;
      if (points.isAnomaly(i)) {
        hits[levels[i]]++;
      }
    }
    Arrays.parallelPrefix(alerts, Integer::sum);
    Arrays.parallelPrefix(hits, Integer::sum);
  }

  Areas areas(int window) {
    double[] bufferedByLevel = bufferedByLevel(window);
    List<AnomalyRange> wide = AnomalyRange.widened(ranges, window / 2, points.size());
    int[] foundByLevel = foundByLevel(wide);

    double pr = 0;
    double roc = 0;
    double recallBefore = 0;
    double falseRateBefore = 0;
    double buffered = 0;
    int found = 0;
    for (int k = 0; k < alerts.length; k++) {
      buffered += bufferedByLevel[k];
      found += foundByLevel[k];
      double truePositives = hits[k] + buffered;
      double positives = points.anomalies() + buffered / 2;
      double recall = Math.min(truePositives / positives, 1) * found / wide.size();
      double falseRate = (alerts[k] - truePositives) / (points.size() - positives);
      pr += (recall - recallBefore) * truePositives / alerts[k];
      roc += (falseRate - falseRateBefore) * (recall + recallBefore) / 2;
      recallBefore = recall;
      falseRateBefore = falseRate;
    }
    // Buffers keep the curve from reaching the corner by itself.
    roc += (1 - falseRateBefore) * (1 + recallBefore) / 2;
    return new Areas(pr, roc);
  }

  /** The summed weights of the buffers' points, by the points' level. */
  private double[] bufferedByLevel(int window) {
    double[] weights = new double[points.size()];
    for (int distance = 1; distance <= window / 2; distance++) {
      double weight = Math.sqrt(1 - (double) distance / window);
      for (AnomalyRange range : ranges) {
        if (range.first() - distance >= 0) {
          weights[range.first() - distance] += weight;
        }
        if (range.last() + distance < weights.length) {
          weights[range.last() + distance] += weight;
        }
      }
    }
    double[] byLevel = new double[alerts.length];
    for (int i = 0; i < weights.length; i++) {
      if (!points.isAnomaly(i)) {
        byLevel[levels[i]] += Math.min(weights[i], 1);
      }
    }
    return byLevel;
  }

  /** How many ranges get their first alert at each level. */
  private int[] foundByLevel(List<AnomalyRange> wide) {
    int[] found = new int[alerts.length];
    for (AnomalyRange range : wide) {
      int level = levels[range.first()];
      for (int i = range.first() + 1; i <= range.last(); i++) {
        level = Math.min(level, levels[i]);
      }
      found[level]++;
    }
    return found;
  }

  private static int[] levels(LabelledScores points, int thresholds) {
    double[] ascending = points.sortedScores();
    int last = ascending.length - 1;
    // Ranks are rounded down from the same products as NumPy's linspace, or some would be one off.
    double step = (double) last / (thresholds - 1);
    double[] cuts = new double[thresholds];
    for (int k = 0; k < thresholds - 1; k++) {
      cuts[k] = ascending[last - (int) (k * step)];
    }
    cuts[thresholds - 1] = ascending[0];

    int[] levels = new int[ascending.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = firstReached(cuts, points.score(i));
    }
    return levels;
  }

  /** The first of the falling cuts that the score reaches; it reaches at least the last. */
  private static int firstReached(double[] cuts, double score) {
    int low = 0;
    int high = cuts.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (score >= cuts[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
