package dev.weir.trainer.evaluation;

import java.util.List;

/**
 * One file of the Numenta Anomaly Benchmark: what a detector said of each row, and which stretches
 * of rows are labelled.
 *
 * <p>The first rows of a file, {@linkplain #probation the probationary ones}, are for learning:
 * nothing that is said of them counts.
 *
 * @param scores one for each row in the order of time, those of the probationary rows included;
 *     larger is more anomalous, and negative infinity never alerts. Not copied
 * @param windows in order, apart from each other; may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // shared with the caller, never changed
public record NabSeries(double[] scores, List<AnomalyRange> windows) {
  private static final double PROBATION = 0.15;
  private static final int LONGEST_PROBATION_OF = 5000;

  /**
   * Checks the windows against the rows.
   *
   * @throws IllegalArgumentException if a score outside of the probation is NaN, or a window is out
   *     of order, overlaps the one before or ends after the last row
   */
  public NabSeries {
    windows = List.copyOf(windows);
    for (int i = probation(scores.length); i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("scores[%d] is NaN and cannot be ranked".formatted(i));
      }
    }
    int next = 0;
    for (AnomalyRange window : windows) {
      if (window.first() < next || window.last() < window.first()) {
        throw new IllegalArgumentException(
            "window %s is empty, out of order or overlaps the one before".formatted(window));
      }
      next = window.last() + 1;
    }
    if (next > scores.length) {
      throw new IllegalArgumentException(
          "the last window ends with row %d, but there are %d rows"
              .formatted(next - 1, scores.length));
    }
  }

  /** How many of a file's rows are for learning only: 15 %, but no more than 750. */
  public static int probation(int rows) {
    return (int) Math.floor(PROBATION * Math.min(rows, LONGEST_PROBATION_OF));
  }

  /**
   * What an alert on a row is worth, if it is the first one in its window, by the scaled sigmoid:
   * near the whole weight at a window's beginning, little at its end, and outside less than
   * nothing, the more the further behind a window. Before the first window it costs most.
   */
  double[] worth(NabProfile profile) {
    double[] worth = new double[scores.length];
    double earliest = sigmoid(-1);
    int row = 0;
    AnomalyRange previous = null;
    for (AnomalyRange window : windows) {
      for (; row < window.first(); row++) {
        worth[row] = profile.falsePositive() * sigmoid(positionBehind(previous, row));
      }
      double width = window.last() - window.first() + 1.0;
      for (; row <= window.last(); row++) {
        double position = -(window.last() - row + 1) / width;
        worth[row] = profile.truePositive() * sigmoid(position) / earliest;
      }
      previous = window;
    }
    for (; row < worth.length; row++) {
      worth[row] = profile.falsePositive() * sigmoid(positionBehind(previous, row));
    }
    return worth;
  }

  /** In widths of the window before. */
  private static double positionBehind(AnomalyRange previous, int row) {
    if (previous == null) {
      return Double.POSITIVE_INFINITY;
    }
    return (row - previous.last()) / (double) Math.max(1, previous.last() - previous.first());
  }

  private static double sigmoid(double position) {
    return position >= 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
  }
}
