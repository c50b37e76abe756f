package dev.weir.benchmarks.quality;

import dev.weir.benchmarks.data.LabelledTable;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.evaluation.DominantPeriod;
import dev.weir.trainer.evaluation.RankingMetrics;
import dev.weir.trainer.evaluation.VolumeUnderSurface;
import dev.weir.trainer.network.TrainingProgress;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A series with a history of its own: a model learns from the history, cut in the order of time as
 * {@code weir train} cuts it, and is measured on every row of what came after.
 */
final class SeriesTask implements LearningTask {
  /** What is wrong with a series often shows in how a row follows on the ones before it. */
  private static final int WINDOW = 4;

  private final String series;
  private final Rows history;
  private final Supplier<LabelledTable> test;
  private final OptionalInt window;

  /**
   * Takes the data.
   *
   * @param test read when a model is measured, and not before
   * @param window the widest window of VUS-PR; TSB-AD's estimate from the first feature of the test
   *     part if empty
   */
  SeriesTask(String series, Rows history, Supplier<LabelledTable> test, OptionalInt window) {
    this.series = series;
    this.history = history;
    this.test = test;
    this.window = window;
  }

  private static float[] firstFeature(Rows rows) {
    float[] values = new float[rows.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.at(i, 0);
    }
    return values;
  }

  @Override
  public String series() {
    return series;
  }

  @Override
  public int window() {
    return WINDOW;
  }

  @Override
  public Outcome measure(ModelConfig config, long seed, TrainingProgress progress) {
    Detector detector = Detector.fit(config, history, progress);
    return new Outcome(metrics(detector, seed), detector.fitted(), detector.scored());
  }

  @Override
  public Rows learning(long seed) {
    return history;
  }

  @Override
  public Map<Metric, Double> metrics(Detector detector, long seed) {
    LabelledTable rows = test.get();
    double[] scores = detector.scores(rows.rows());
    RankingMetrics ranking = RankingMetrics.of(scores, rows.labels());
    int widest = window.orElseGet(() -> DominantPeriod.estimate(firstFeature(rows.rows())));
    Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
    metrics.put(
        Metric.VUS_PR,
        VolumeUnderSurface.of(scores, rows.labels(), widest, VolumeUnderSurface.DEFAULT_THRESHOLDS)
            .pr());
    metrics.put(Metric.AUC_PR, ranking.averagePrecision());
    metrics.put(Metric.AUC_ROC, ranking.rocAuc());
    return metrics;
  }
}
