package dev.weir.benchmarks.quality;

import dev.weir.benchmarks.data.LabelledTable;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.evaluation.RankingMetrics;
import dev.weir.trainer.network.TrainingProgress;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A table of rows without order, under the one-class protocol: a model learns from {@linkplain
 * OneClassSplit one half of the normal rows} and is measured on all other rows, in percent.
 */
final class OneClassTask implements LearningTask {
  private final String series;
  private final LabelledTable table;

  OneClassTask(String series, LabelledTable table) {
    this.series = series;
    this.table = table;
  }

  @Override
  public String series() {
    return series;
  }

  /** The rows have no order. */
  @Override
  public int window() {
    return 1;
  }

  @Override
  public Outcome measure(ModelConfig config, long seed, TrainingProgress progress) {
    OneClassSplit split = OneClassSplit.of(table.labels(), seed);
    Samples heldOut = Samples.of(pick(split.validation()));
    Detector detector =
        Detector.fit(config, Samples.of(pick(split.training())), heldOut, heldOut, progress);
    return new Outcome(metrics(detector, seed), detector.fitted(), detector.scored());
  }

  @Override
  public Rows learning(long seed) {
    OneClassSplit split = OneClassSplit.of(table.labels(), seed);
    return pick(
        IntStream.concat(Arrays.stream(split.training()), Arrays.stream(split.validation()))
            .toArray());
  }

  @Override
  public Map<Metric, Double> metrics(Detector detector, long seed) {
    int[] test = OneClassSplit.of(table.labels(), seed).test();
    double[] scores = detector.scores(pick(test));
    boolean[] labels = new boolean[scores.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = table.labels()[test[i]];
    }
    RankingMetrics ranking = RankingMetrics.of(scores, labels);
    return Map.of(
        Metric.AUC_PR, 100 * ranking.averagePrecision(), Metric.AUC_ROC, 100 * ranking.rocAuc());
  }

  private Rows pick(int[] indices) {
    int width = table.rows().width();
    float[] values = new float[indices.length * width];
    for (int i = 0; i < indices.length; i++) {
      for (int j = 0; j < width; j++) {
        values[i * width + j] = table.rows().at(indices[i], j);
      }
    }
    return Rows.of(values, width);
  }
}
