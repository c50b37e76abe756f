package dev.weir.benchmarks.quality;

import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.data.LinkedRows;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.family.FittedModel;
import dev.weir.trainer.family.ModelFitter;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.PreprocessorFitter;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;

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
      Samples training,
      Samples validation,
      Samples calibration,
      TrainingProgress progress) {
    return fit(
        config, FeatureSelection.ALL, new TimeSplit(training, validation, calibration), progress);
  }

  /** Trains, and scales and clips otherwise than by default if asked to. */
  static Detector fit(
      ModelConfig config, FeatureSelection scaling, TimeSplit split, TrainingProgress progress) {
    long started = System.nanoTime();
    Preprocessor preprocessor =
        new PreprocessorFitter(
                split.training(), scaling.scaling(), scaling.clip(), scaling.missingIndicators())
            .fit(features(split.training().width()));
    FittedModel model = ModelFitter.of(config, progress).fit(preprocessor, split);
    return new Detector(model, Duration.ofNanos(System.nanoTime() - started));
  }

  /**
   * Trains on the first rows of a series, cut in the order of time as {@code weir train} does.
   *
   * @param history rows of one key, oldest first
   */
  static Detector fit(ModelConfig config, Rows history, TrainingProgress progress) {
    Samples samples = windows(history, config.window());
    HistoryCut cut = HistoryCut.of(samples.count());
    return fit(
        config,
        samples.slice(0, cut.training()),
        samples.slice(cut.training(), cut.validation()),
        samples.slice(cut.validation(), samples.count()),
        progress);
  }

  /** Names for so many columns of numbers. */
  static FeatureSpec features(int columns) {
    return FeatureSpec.numeric(IntStream.range(0, columns).mapToObj(j -> "f" + j).toList());
  }

  private static Samples windows(Rows rows, int window) {
    LinkedRows linked = LinkedRows.ofOneKey(rows);
    return Samples.of(rows, linked.previous(), window);
  }

  /**
   * The scores of a series, float64 {@code [n]}. Rows that come before the first window is full
   * have the score of the first one that is.
   */
  double[] scores(Rows rows) {
    long started = System.nanoTime();
    double[] ofWindows = model.scores(windows(rows, model.window()));
    double[] scores = new double[rows.count()];
    int first = rows.count() - ofWindows.length;
    Arrays.fill(scores, 0, first, ofWindows[0]);
    System.arraycopy(ofWindows, 0, scores, first, ofWindows.length);
    scored = scored.plus(Duration.ofNanos(System.nanoTime() - started));
    return scores;
  }

  /** The model itself. */
  FittedModel model() {
    return model;
  }

  Duration fitted() {
    return fitted;
  }

  /** How long all scoring took until now. */
  Duration scored() {
    return scored;
  }
}
