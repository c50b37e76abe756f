package dev.weir.benchmarks.quality;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * What becomes of a model's scores in a stream before one threshold is held against them, so that
 * one can hold for many series. Looks back only, and at no label.
 *
 * <ol>
 *   <li>A score counts by the logarithm of its ratio to the 99 % quantile of the scores of rows
 *       that are known as normal.
 *   <li>To it is added by how many standard deviations the logarithm is above its mean over the
 *       last {@value #LEVEL_ROWS} rows: what has become usual is less of an anomaly. This is in the
 *       manner of the anomaly likelihood of Ahmad et al., "Unsupervised real-time anomaly detection
 *       for streaming data", Neurocomputing 262, 2017.
 *   <li>A row that does not exceed all of the {@value #QUIET_ROWS} rows before it raises no alert
 *       of its own: it belongs to what is under way.
 * </ol>
 */
final class StreamAlerts {
  static final int LEVEL_ROWS = 750;
  static final int QUIET_ROWS = 100;
  private static final double QUANTILE = 0.99;
  private static final double SMALLEST = 1e-9;
  private static final double SMALLEST_DEVIATION = 0.01;

  private StreamAlerts() {}

  /**
   * The figures to hold a threshold against, float64 {@code [n]}; negative infinity for a row that
   * cannot alert.
   *
   * @param scores of all rows of a series in the order of time, 0 or more
   * @param normalFrom the first of the rows that are known as normal
   * @param normalTo the end of them, exclusive
   */
  static double[] of(double[] scores, int normalFrom, int normalTo) {
    double[] normal = Arrays.copyOfRange(scores, normalFrom, normalTo);
    Arrays.sort(normal);
    double unit = Math.max(SMALLEST, normal[(int) (QUANTILE * (normal.length - 1))]);
    double[] logarithms =
        Arrays.stream(scores).map(score -> Math.log(score / unit + SMALLEST)).toArray();
    return risesOnly(aboveLevel(logarithms));
  }

  /** Each value plus how unusual it is among the last ones. */
  private static double[] aboveLevel(double[] values) {
    double[] above = new double[values.length];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      int count = Math.min(i, LEVEL_ROWS);
      double mean = count == 0 ? values[i] : sum / count;
      double variance = count == 0 ? 0 : Math.max(0, squares / count - mean * mean);
      above[i] = values[i] + (values[i] - mean) / Math.max(SMALLEST_DEVIATION, Math.sqrt(variance));
      sum += values[i];
      squares += values[i] * values[i];
      if (i >= LEVEL_ROWS) {
        sum -= values[i - LEVEL_ROWS];
        squares -= values[i - LEVEL_ROWS] * values[i - LEVEL_ROWS];
      }
    }
    return above;
  }

  /** Keeps a value that exceeds all those shortly before it. */
  private static double[] risesOnly(double[] values) {
    double[] rises = new double[values.length];
    Deque<Integer> falling = new ArrayDeque<>();
    for (int i = 0; i < values.length; i++) {
      while (!falling.isEmpty() && falling.peekFirst() < i - QUIET_ROWS) {
        falling.removeFirst();
      }
      boolean rise = falling.isEmpty() || values[i] > values[falling.peekFirst()];
      rises[i] = rise ? values[i] : Double.NEGATIVE_INFINITY;
      while (!falling.isEmpty() && values[falling.peekLast()] <= values[i]) {
        falling.removeLast();
      }
      falling.addLast(i);
    }
    return rises;
  }
}
