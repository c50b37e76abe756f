package dev.weir.scorer.metrics;

import dev.weir.model.bundle.Manifest;
import dev.weir.schemas.Alert;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts which feature a pipeline's alerts are mostly due to. Its tag is bounded by the model's
 * features. Thread-safe.
 */
final class TopFeatures {
  private final MeterRegistry registry;
  private final String pipeline;

  TopFeatures(MeterRegistry registry, String pipeline) {
    this.registry = registry;
    this.pipeline = pipeline;
  }

  /** Begins at 0 with the features of a model: the increase to a first alert would not be seen. */
  void begin(Manifest manifest) {
    manifest.features().names().forEach(this::counter);
  }

  /** Counts an alert, if it names features: the first is the one that added most to the score. */
  void count(Alert alert) {
    if (!alert.getContributions().isEmpty()) {
      counter(alert.getContributions().get(0).getFeature()).increment();
    }
  }

  private Counter counter(String feature) {
    return Counter.builder("weir.top.feature.alerts")
        .description("Alerts by the feature that added most to the score")
        .baseUnit("alerts")
        .tag("pipeline", pipeline)
        .tag("feature", feature)
        .register(registry);
  }
}
