package dev.weir.model.calibration;

import java.util.Arrays;

/**
 * The distribution of the scores of normal records, by which a score becomes a probability.
 *
 * <p>The body is a table of empirical quantiles, linear in between; above the tail's threshold it
 * goes on as a generalised Pareto distribution. {@link #exceedance} never rises with the score.
 *
 * @param quantiles the scores at evenly spaced probabilities from 0 to {@code 1 -
 *     tail.exceedanceRate()}, ascending; the last one is the tail's threshold
 * @param tail what lies above
 * @param sampleSize how many normal records it was fitted on
 */
@SuppressWarnings("ArrayRecordComponent") // cloned on the way in and out, compared by content
public record Calibration(double[] quantiles, ParetoTail tail, long sampleSize) {

  /**
   * No calibration tells apart probabilities under this one; a fitted tail may end, life does not.
   */
  public static final double SMALLEST_PROBABILITY = 1e-12;

  private static final double ROUNDING = 1e-9;

  public Calibration {
    if (quantiles == null || quantiles.length < 2) {
      throw new IllegalArgumentException("quantiles needs two values or more");
    }
    quantiles = quantiles.clone();
    for (int i = 1; i < quantiles.length; i++) {
      if (!(quantiles[i] >= quantiles[i - 1])) {
        throw new IllegalArgumentException("quantiles must ascend, but do not at index " + i);
      }
    }
    if (!Double.isFinite(quantiles[0])) {
      throw new IllegalArgumentException("quantiles must be finite, but start at " + quantiles[0]);
    }
    if (tail == null || tail.threshold() != quantiles[quantiles.length - 1]) {
      throw new IllegalArgumentException("the tail must start at the last quantile");
    }
  }

  @Override
  public double[] quantiles() {
    return quantiles.clone();
  }

  /**
   * The probability that a normal record scores at least this, in [{@value #SMALLEST_PROBABILITY},
   * 1]. A score that is not a number counts as the largest.
   */
  public double exceedance(double score) {
    if (Double.isNaN(score)) {
      return SMALLEST_PROBABILITY;
    }
    // A score at the threshold may be that of many records, which the body knows.
    double probability =
        score > tail.threshold()
            ? tail.exceedance(score)
            : Math.max(tail.exceedanceRate(), 1 - bodyProbability(score));
    return Math.max(SMALLEST_PROBABILITY, Math.min(1, probability));
  }

  /**
   * The lowest score that a normal record reaches with at most this probability, in (0, 1); just
   * above a score that more records share.
   */
  public double scoreAt(double probability) {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException("probability must be in (0, 1), but is " + probability);
    }
    double score =
        probability <= tail.exceedanceRate() ? tail.scoreAt(probability) : bodyScoreAt(probability);
    return exceedance(score) > probability * (1 + ROUNDING) ? Math.nextUp(score) : score;
  }

  private double bodyScoreAt(double probability) {
    double position = (1 - probability) / (1 - tail.exceedanceRate()) * (quantiles.length - 1);
    int below = Math.min((int) position, quantiles.length - 2);
    return quantiles[below] + (position - below) * (quantiles[below + 1] - quantiles[below]);
  }

  /** P(S &lt; score) in the body. */
  private double bodyProbability(double score) {
    if (score <= quantiles[0]) {
      return 0;
    }
    int found = Arrays.binarySearch(quantiles, score);
    double position;
    if (found >= 0) {
      // Among equal quantiles the first one counts: S < score leaves the equal ones out.
      int first = found;
      while (first > 0 && quantiles[first - 1] == score) {
        first--;
      }
      position = first;
    } else {
      int above = -found - 1;
      double width = quantiles[above] - quantiles[above - 1];
      position = above - 1 + (score - quantiles[above - 1]) / width;
    }
    return position / (quantiles.length - 1) * (1 - tail.exceedanceRate());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Calibration that
        && Arrays.equals(quantiles, that.quantiles)
        && tail.equals(that.tail)
        && sampleSize == that.sampleSize;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(quantiles) + tail.hashCode()) + Long.hashCode(sampleSize);
  }

  @Override
  public String toString() {
    return "Calibration[" + quantiles.length + " quantiles, " + tail + ", n=" + sampleSize + "]";
  }
}
