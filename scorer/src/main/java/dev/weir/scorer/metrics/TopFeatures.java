package dev.weir.scorer.metrics;

import dev.weir.model.bundle.Manifest;
import dev.weir.schemas.Alert;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts which feature a pipeline's alerts are mostly due to. Its tag is bounded by the features of
 * the model, and of those before it whose alerts still come. Thread-safe.
 */
final class TopFeatures {
  private final MeterRegistry registry;
  private final String pipeline;
  private final Map<String, Counter> counters = new HashMap<>();

  TopFeatures(MeterRegistry registry, String pipeline) {
    this.registry = registry;
    this.pipeline = pipeline;
  }

  /**
   * Begins at 0 with the features of a model: the increase to a first alert would not be seen.
   * Those that only models before it had are gone, and those that it shares with them go on.
   */
  synchronized void begin(Manifest manifest) {
    Set<String> features = Set.copyOf(manifest.features().names());
    Set<String> gone = new HashSet<>(counters.keySet());
    gone.removeAll(features);
    gone.forEach(feature -> registry.remove(counters.remove(feature)));
    features.forEach(this::counter);
  }

  /** Counts an alert, if it names features: the first is the one that added most to the score. */
  synchronized void count(Alert alert) {
    if (!alert.getContributions().isEmpty()) {
      counter(alert.getContributions().get(0).getFeature()).increment();
    }
  }

  private Counter counter(String feature) {
    return counters.computeIfAbsent(
        feature,
        name ->
            Counter.builder("weir.top.feature.alerts")
                .description("Alerts by the feature that added most to the score")
                .baseUnit("alerts")
                .tag("pipeline", pipeline)
                .tag("feature", name)
                .register(registry));
  }
}
