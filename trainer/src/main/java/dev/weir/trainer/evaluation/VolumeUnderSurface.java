package dev.weir.trainer.evaluation;

/**
 * How well scores find anomalous ranges, whatever the threshold and whatever the tolerance in time.
 *
 * <p>Labels of a series are seldom exact to the point. So every anomalous range gets a buffer on
 * either side, in which an alert counts for the less the further off it is; and since nobody knows
 * how wide the buffer should be, the area under the precision-recall curve is averaged over all
 * windows from 0, which tolerates nothing, to the given one, whose buffer is half of it. The same
 * is done with the ROC curve.
 *
 * <p>From Paparrizos et al., "Volume Under the Surface: A New Accuracy Evaluation Measure for
 * Time-Series Anomaly Detection", PVLDB 15(11), 2022, in the form of the TSB-AD benchmark's code,
 * whose figures it reproduces: precision-recall areas are sums of steps, as in {@link
 * RankingMetrics}, and recall is weighted by the share of ranges that have an alert at all.
 *
 * @param pr VUS-PR, the mean area under the range-aware precision-recall curve
 * @param roc VUS-ROC, the mean area under the range-aware ROC curve
 */
public record VolumeUnderSurface(double pr, double roc) {

  /** The number of thresholds at which TSB-AD looks at the scores. */
  public static final int DEFAULT_THRESHOLDS = 250;

  /**
   * Looks at the scores at {@value #DEFAULT_THRESHOLDS} thresholds.
   *
   * @see #of(double[], boolean[], int, int)
   */
  public static VolumeUnderSurface of(double[] scores, boolean[] labels, int window) {
    return of(scores, labels, window, DEFAULT_THRESHOLDS);
  }

  /** {@link #of(double[], boolean[], int)} for scores as models give them. */
  public static VolumeUnderSurface of(float[] scores, boolean[] labels, int window) {
    return of(new LabelledScores(scores, labels), window, DEFAULT_THRESHOLDS);
  }

  /**
   * Takes O(n log n + window · n) for n points. Both figures are NaN unless there are points of
   * both kinds.
   *
   * @param scores one for each point, in the order of time
   * @param window the widest window in points, which lets a range reach half of it to either side;
   *     0 tolerates nothing. {@link DominantPeriod} finds TSB-AD's choice for a series.
   * @param thresholds at how many ranks, evenly spread from the highest score to the lowest, the
   *     scores are cut
   * @throws IllegalArgumentException if the lengths differ, a score is NaN, the window is negative
   *     or there are fewer than two thresholds
   */
  public static VolumeUnderSurface of(
      double[] scores, boolean[] labels, int window, int thresholds) {
    return of(new LabelledScores(scores, labels), window, thresholds);
  }

  private static VolumeUnderSurface of(LabelledScores points, int window, int thresholds) {
    if (window < 0) {
      throw new IllegalArgumentException("window is %d; it must be 0 or more".formatted(window));
    }
    if (thresholds < 2) {
      throw new IllegalArgumentException(
          "thresholds is %d; it must be 2 or more".formatted(thresholds));
    }
    if (points.anomalies() == 0 || points.normals() == 0) {
      return new VolumeUnderSurface(Double.NaN, Double.NaN);
    }
    RangeCurves curves = new RangeCurves(points, thresholds);
    double pr = 0;
    double roc = 0;
    for (int width = 0; width <= window; width++) {
      RangeCurves.Areas areas = curves.areas(width);
      pr += areas.pr();
      roc += areas.roc();
    }
    double slices = window + 1.0;
    return new VolumeUnderSurface(pr / slices, roc / slices);
  }
}
