package dev.weir.trainer.calibration;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.model.bundle.RateInterval;
import dev.weir.model.calibration.Calibration;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.ThresholdConfig;
import dev.weir.trainer.evaluation.BestThreshold;
import java.util.Arrays;
import java.util.Optional;

/** Chooses the score from which on a record is anomalous. */
public final class ThresholdChooser {
  /** The median absolute deviation of a normal distribution, in standard deviations. */
  private static final double NORMAL_MAD = 0.6744897501960817;

  private final Calibration calibration;
  private final double[] scores;

  /**
   * Prepares a choice.
   *
   * @param calibration fitted on the scores
   * @param scores of the calibration rows, in the order of time
   */
  public ThresholdChooser(Calibration calibration, double[] scores) {
    this.calibration = calibration;
    this.scores = scores.clone();
  }

  /**
   * Chooses.
   *
   * @param labelled the scores of labelled rows and which of those are anomalous, if there are any
   * @throws InvalidInputException if labels are to choose, and there are none of both kinds
   */
  public AlertThreshold choose(ThresholdConfig config, Optional<Labelled> labelled) {
    double score =
        switch (config.basis()) {
          case FALSE_ALARM_RATE -> calibration.scoreAt(config.falseAlarmRate());
          case QUANTILE -> quantile(config.quantile());
          case MAD -> mad(config.mad());
          case VALUE -> config.value();
          case LABELS -> bestOn(labelled);
        };
    double rate = config.falseAlarmRate() == null ? rate(score) : (double) config.falseAlarmRate();
    RateInterval interval = AlarmRateInterval.of(scores, score);
    return new AlertThreshold(rate, score, config.basis(), interval);
  }

  /** The share of normal records that reach a score, as far as a threshold can have it. */
  private double rate(double score) {
    return Math.min(Math.nextDown(1.0), calibration.exceedance(score));
  }

  private double quantile(double share) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return between(sorted, share);
  }

  private double mad(double deviations) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    double median = between(sorted, 0.5);
    double[] distances = Arrays.stream(scores).map(score -> Math.abs(score - median)).toArray();
    Arrays.sort(distances);
    return median + deviations * between(distances, 0.5) / NORMAL_MAD;
  }

  private static double between(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  private static double bestOn(Optional<Labelled> labelled) {
    Labelled rows =
        labelled.orElseThrow(
            () ->
                new InvalidInputException(
                    "threshold.labels needs labelled rows; name their files under"
                        + " 'labelled.files'"));
    return BestThreshold.byF1(rows.scores(), rows.labels())
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "threshold.labels needs anomalous and normal rows in 'labelled.files', and"
                        + " there are of one kind only"));
  }

  /**
   * Rows whose truth is known.
   *
   * @param scores float64 {@code [n]}
   * @param labels which of them are anomalous, {@code [n]}
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never changed
  public record Labelled(double[] scores, boolean[] labels) {}
}
