package dev.weir.scorer.metrics;

import dev.weir.model.bundle.Manifest;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.stream.DoubleStream;

/** The distributions of scores and of their probabilities, of all pipelines. Thread-safe. */
final class ScoreDistributions {
  private static final double[] PROBABILITIES = {
    1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.25, 0.5, 0.75, 1
  };

  private final FractionHistograms scores =
      new FractionHistograms("weir_score", "Anomaly scores, in units of the model");
  private final FractionHistograms probabilities =
      new FractionHistograms(
          "weir_probability", "Probability that a normal record scores at least as high");

  ScoreDistributions(PrometheusMeterRegistry registry) {
    registry.getPrometheusRegistry().register(scores);
    registry.getPrometheusRegistry().register(probabilities);
  }

  /** Empty distributions for a model, in place of those of the model before it in its role. */
  Of begin(String pipeline, ModelRole role, Manifest manifest) {
    return new Of(
        scores.begin(pipeline, role, bounds(manifest)),
        probabilities.begin(pipeline, role, PROBABILITIES));
  }

  /** Bucket bounds where this model's scores are: quantiles of normal records, and beyond. */
  private static double[] bounds(Manifest manifest) {
    return DoubleStream.of(0.9, 0.5, 0.1, 0.01, 1e-3, 1e-4, 1e-5)
        .map(manifest.calibration()::scoreAt)
        .distinct()
        .sorted()
        .toArray();
  }

  /**
   * The distributions of one model.
   *
   * @param scores in its units
   * @param probabilities of normal records to score at least as high
   */
  record Of(FractionHistograms.Series scores, FractionHistograms.Series probabilities) {
    void record(double score, double probability) {
      if (Double.isFinite(score)) {
        // The sum of all scores would never recover from one that is not.
        scores.record(score);
      }
      probabilities.record(probability);
    }
  }
}
