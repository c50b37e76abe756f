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

/**
 * A series with a history of its own: a model learns from the history, cut in the order of time as
 * {@code weir train} cuts it, and is measured on every row of what came after.
 */
final class SeriesTask implements Task {
  /** What is wrong with a series often shows in how a row follows on the ones before it. */
  private static final int WINDOW = 4;

  private final String series;
  private final Rows history;
  private final LabelledTable test;
  private final int window;

  /**
   * Takes the data.
   *
   * @param window the widest window of VUS-PR; TSB-AD's estimate from the first feature of the test
   *     part if empty
   */
  SeriesTask(String series, Rows history, LabelledTable test, OptionalInt window) {
    this.series = series;
    this.history = history;
    this.test = test;
    this.window = window.orElseGet(() -> DominantPeriod.estimate(firstFeature(test.rows())));
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
    double[] scores = detector.scores(test.rows());
    RankingMetrics ranking = RankingMetrics.of(scores, test.labels());
    Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
    metrics.put(
        Metric.VUS_PR,
        VolumeUnderSurface.of(scores, test.labels(), window, VolumeUnderSurface.DEFAULT_THRESHOLDS)
            .pr());
    metrics.put(Metric.AUC_PR, ranking.averagePrecision());
    metrics.put(Metric.AUC_ROC, ranking.rocAuc());
    return new Outcome(metrics, detector.fitted(), detector.scored());
  }
}
