package dev.weir.benchmarks.quality;

import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.family.FittedModel;
import dev.weir.trainer.family.ModelFitter;
import dev.weir.trainer.network.TrainingProgress;
import java.time.Duration;

/**
 * A model that was trained by the trainer, and for how long: all that the protocols see of it.
 *
 * <p>Here is the only place that knows how the trainer is called.
 */
final class Detector {
  private final FittedModel model;
  private final Duration fitted;
  private Duration scored = Duration.ZERO;

  private Detector(FittedModel model, Duration fitted) {
    this.model = model;
    this.fitted = fitted;
  }

  /**
   * Trains.
   *
   * @param validation decides when to stop
   * @param calibration more rows that were not trained on, for a family that needs some
   */
  static Detector fit(
      ModelConfig config,
      Rows training,
      Rows validation,
      Rows calibration,
      TrainingProgress progress) {
    long started = System.nanoTime();
    FittedModel model =
        ModelFitter.of(config, progress).fit(new TimeSplit(training, validation, calibration));
    return new Detector(model, Duration.ofNanos(System.nanoTime() - started));
  }

  /** The rows' scores, float64 {@code [n]}. */
  double[] scores(Rows rows) {
    long started = System.nanoTime();
    double[] scores = model.scores(rows);
    scored = scored.plus(Duration.ofNanos(System.nanoTime() - started));
    return scores;
  }

  Duration fitted() {
    return fitted;
  }

  /** How long all scoring took until now. */
  Duration scored() {
    return scored;
  }
}
