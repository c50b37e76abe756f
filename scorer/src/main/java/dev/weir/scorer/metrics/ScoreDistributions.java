package dev.weir.scorer.metrics;

import dev.weir.model.bundle.Manifest;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.stream.DoubleStream;

/** The distributions of scores and of their probabilities. */
final class ScoreDistributions {
  private static final double[] PROBABILITIES = {
    1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.25, 0.5, 0.75, 1
  };

  private final FractionHistogram scores;
  private final FractionHistogram probabilities;

  ScoreDistributions(PrometheusMeterRegistry registry, String pipeline, Manifest manifest) {
    scores =
        new FractionHistogram(
            "weir_score", "Anomaly scores, in units of the model", pipeline, bounds(manifest));
    probabilities =
        new FractionHistogram(
            "weir_probability",
            "Probability that a normal record scores at least as high",
            pipeline,
            PROBABILITIES);
    registry.getPrometheusRegistry().register(scores);
    registry.getPrometheusRegistry().register(probabilities);
  }

  /** Bucket bounds where this model's scores are: quantiles of normal records, and beyond. */
  private static double[] bounds(Manifest manifest) {
    return DoubleStream.of(0.9, 0.5, 0.1, 0.01, 1e-3, 1e-4, 1e-5)
        .map(manifest.calibration()::scoreAt)
        .distinct()
        .sorted()
        .toArray();
  }

  void record(double score, double probability) {
    if (Double.isFinite(score)) {
      // The sum of all scores would never recover from one that is not.
      scores.record(score);
    }
    probabilities.record(probability);
  }
}
