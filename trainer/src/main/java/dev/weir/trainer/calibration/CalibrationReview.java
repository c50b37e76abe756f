package dev.weir.trainer.calibration;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.model.calibration.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says where a calibration cannot carry the threshold that is set by it. */
public final class CalibrationReview {
  /** Beyond it the tail has no variance, and its far quantiles are guesses. */
  private static final double HEAVIEST_SHAPE = 0.5;

  private static final double QUANTILE = 0.99;
  private static final double LARGEST_SHARE = 0.05;

  /** How far beyond chance a share must be, in its standard deviations. */
  private static final double CHANCE = 4;

  private CalibrationReview() {}

  /**
   * Reviews a calibration.
   *
   * @param validationScores of the part of the history before the calibration part, float64
   * @param calibrationScores that it was fitted on, float64
   * @return what the user should know, one sentence or two each; empty if all is well
   */
  public static List<String> warnings(
      Calibration calibration,
      AlertThreshold threshold,
      double[] validationScores,
      double[] calibrationScores) {
    List<String> warnings = new ArrayList<>();
    double shape = calibration.tail().shape();
    if (shape > HEAVIEST_SHAPE) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "a few calibration rows score far above the rest (the tail's shape is %.2f), so the"
                  + " threshold is rough and rare anomalies may stay under it. Use more history,"
                  + " leave incidents out of it, or exclude the columns that jump",
              shape));
    }
    double highest = Arrays.stream(calibrationScores).max().orElseThrow();
    if (threshold.score() > highest) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "no calibration row reaches the threshold: the highest scores %.4g and the threshold"
                  + " is %.4g, which rests on the fitted tail alone. Use more history, or set a"
                  + " larger threshold.falseAlarmRate than %.1e",
              highest,
              threshold.score(),
              threshold.falseAlarmRate()));
    }
    shift(validationScores, calibrationScores).ifPresent(warnings::add);
    return warnings;
  }

  private static Optional<String> shift(double[] before, double[] newest) {
    double[] sorted = before.clone();
    Arrays.sort(sorted);
    int rank = Math.min(sorted.length - 1, (int) (sorted.length * QUANTILE));
    double high = sorted[rank];
    double share = (double) Arrays.stream(newest).filter(s -> s > high).count() / newest.length;
    // Of rows of one kind, so many lie above a row of this rank.
    double usual = (sorted.length - rank) / (sorted.length + 1.0);
    double noise = Math.sqrt(usual * (1 - usual) * (1.0 / sorted.length + 1.0 / newest.length));
    if (share <= Math.max(LARGEST_SHARE, usual + CHANCE * noise)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the newest part of the history scores differently from the part before it: %.0f %% of"
                + " its rows are above a score that about %.0f %% reached before. If something"
                + " changed for good, train on history since then; if a column drifts, exclude it;"
                + " if there was an incident, leave it out",
            100 * share,
            Math.max(1, 100 * usual)));
  }
}
