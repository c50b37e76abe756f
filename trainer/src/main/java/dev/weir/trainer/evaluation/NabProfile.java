package dev.weir.trainer.evaluation;

/**
 * What the Numenta Anomaly Benchmark gives and takes, as weights.
 *
 * @param truePositive what a window is worth that is found at its very beginning
 * @param falsePositive what a false alarm far from any window costs
 * @param falseNegative what a missed window costs
 */
public record NabProfile(double truePositive, double falsePositive, double falseNegative) {
  /** The one that the published tables are sorted by. */
  public static final NabProfile STANDARD = new NabProfile(1, 0.11, 1);

  /** False alarms cost twice as much. */
  public static final NabProfile REWARD_LOW_FALSE_POSITIVES = new NabProfile(1, 0.22, 1);

  /** Missed windows cost twice as much. */
  public static final NabProfile REWARD_LOW_FALSE_NEGATIVES = new NabProfile(1, 0.11, 2);

  public NabProfile {
    if (!(truePositive > 0 && falsePositive >= 0 && falseNegative >= 0)) {
      throw new IllegalArgumentException(
          "the weights are %s, %s and %s; the first must be above 0, the others 0 or more"
              .formatted(truePositive, falsePositive, falseNegative));
    }
  }
}
