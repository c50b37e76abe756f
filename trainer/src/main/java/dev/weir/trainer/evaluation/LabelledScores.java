package dev.weir.trainer.evaluation;

import java.util.Arrays;

/**
 * Scores side by side with the truth about each point, checked once.
 *
 * <p>The arrays are not copied; whoever passes them in leaves them alone while this is in use.
 */
final class LabelledScores {
  private final double[] scores;
  private final boolean[] labels;
  private final int anomalies;

  /**
   * @throws IllegalArgumentException if the lengths differ or a score is NaN
   */
  LabelledScores(double[] scores, boolean[] labels) {
    requireSameLength("scores", scores.length, labels);
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException(
            "scores[%d] is NaN and cannot be ranked; leave points without a score out"
                .formatted(i));
      }
    }
    this.scores = scores;
    this.labels = labels;
    this.anomalies = count(labels);
  }

  LabelledScores(float[] scores, boolean[] labels) {
    this(widened(scores), labels);
  }

  static void requireSameLength(String name, int length, boolean[] labels) {
    if (length != labels.length) {
      throw new IllegalArgumentException(
          "%s has %d entries and labels has %d; there must be one label for each"
              .formatted(name, length, labels.length));
    }
  }

  static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  int size() {
    return scores.length;
  }

  double score(int point) {
    return scores[point];
  }

  boolean isAnomaly(int point) {
    return labels[point];
  }

  int anomalies() {
    return anomalies;
  }

  int normals() {
    return scores.length - anomalies;
  }

  boolean[] labels() {
    return labels;
  }

  /** All scores in a new array, ascending. */
  double[] sortedScores() {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** The anomalous points' scores in a new array, ascending. */
  double[] sortedAnomalyScores() {
    double[] sorted = new double[anomalies];
    int next = 0;
    for (int i = 0; i < scores.length; i++) {
      if (labels[i]) {
        sorted[next++] = scores[i];
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  private static int count(boolean[] flags) {
    int set = 0;
    for (boolean flag : flags) {
      if (flag) {
        set++;
      }
    }
    return set;
  }
}
