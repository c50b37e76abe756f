package dev.weir.scorer.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** Counts what becomes of the bundles that are put in place of a pipeline's model. Thread-safe. */
public final class ModelMetrics {
  private final Counter swapped;
  private final Counter refused;

  ModelMetrics(MeterRegistry registry, String pipeline, ModelRole role) {
    swapped = reloads(registry, pipeline, role, "swapped");
    refused = reloads(registry, pipeline, role, "refused");
  }

  private static Counter reloads(
      MeterRegistry registry, String pipeline, ModelRole role, String outcome) {
    return Counter.builder("weir.model.reloads")
        .description("New bundles that were found where the model is; refused ones change nothing")
        .baseUnit("reloads")
        .tags(Tags.of("pipeline", pipeline, "role", role.tag(), "outcome", outcome))
        .register(registry);
  }

  /** A new model has taken over. */
  public void swapped() {
    swapped.increment();
  }

  /** A new model was refused. */
  public void refused() {
    refused.increment();
  }
}
