package dev.weir.benchmarks.quality;

import dev.weir.benchmarks.data.NabCorpus;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.data.ColumnStatistics;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.evaluation.NabProfile;
import dev.weir.trainer.evaluation.NabScore;
import dev.weir.trainer.evaluation.NabSeries;
import dev.weir.trainer.network.TrainingProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The Numenta Anomaly Benchmark: one model a file, of one config for all, learns from the file's
 * probationary rows alone and scores the others.
 *
 * <p>A model sees the last {@value #WINDOW} values of the series. What it says of them goes through
 * {@link StreamAlerts}, since one threshold holds for all files. A file whose value never varies in
 * the probation has nothing to learn from, and never alerts.
 */
final class NabTask implements Task {
  private static final int WINDOW = 4;

  private final List<NabCorpus.Series> corpus;

  NabTask(List<NabCorpus.Series> corpus) {
    this.corpus = List.copyOf(corpus);
  }

  @Override
  public String series() {
    return "corpus";
  }

  @Override
  public int window() {
    return WINDOW;
  }

  @Override
  public Outcome measure(ModelConfig config, long seed, TrainingProgress progress) {
    List<NabSeries> scored = new ArrayList<>();
    Duration fit = Duration.ZERO;
    Duration score = Duration.ZERO;
    for (NabCorpus.Series series : corpus) {
      Rows rows = series.rows();
      int probation = NabSeries.probation(rows.count());
      if (ColumnStatistics.of(Samples.of(rows.slice(0, probation)), 0).isConstant()) {
        scored.add(new NabSeries(noAlerts(rows.count()), series.windows()));
        continue;
      }
      Detector detector = Detector.fit(config, rows.slice(0, probation), progress);
      double[] alerts = StreamAlerts.of(detector.scores(rows), WINDOW, probation);
      scored.add(new NabSeries(alerts, series.windows()));
      fit = fit.plus(detector.fitted());
      score = score.plus(detector.scored());
    }
    return new Outcome(metrics(scored), fit, score);
  }

  private static double[] noAlerts(int rows) {
    double[] alerts = new double[rows];
    Arrays.fill(alerts, Double.NEGATIVE_INFINITY);
    return alerts;
  }

  private static Map<Metric, Double> metrics(List<NabSeries> scored) {
    NabScore standard = NabScore.best(scored, NabProfile.STANDARD);
    Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
    metrics.put(Metric.NAB_STANDARD, standard.normalised());
    metrics.put(Metric.NAB_WINDOWS_FOUND, (double) standard.found());
    metrics.put(Metric.NAB_FALSE_ALARMS, (double) standard.falseAlarms());
    metrics.put(
        Metric.NAB_LOW_FALSE_POSITIVES,
        NabScore.best(scored, NabProfile.REWARD_LOW_FALSE_POSITIVES).normalised());
    metrics.put(
        Metric.NAB_LOW_FALSE_NEGATIVES,
        NabScore.best(scored, NabProfile.REWARD_LOW_FALSE_NEGATIVES).normalised());
    return metrics;
  }
}
