package dev.weir.scorer.metrics;

import dev.weir.model.bundle.Manifest;
import dev.weir.scorer.alert.Agreement;
import dev.weir.scorer.alert.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Holds a pipeline's model on trial against the live one. Thread-safe. */
final class TrialMeters {
  private final MeterRegistry registry;
  private final ScoreDistributions allDistributions;
  private final String pipeline;
  private volatile Optional<ScoreDistributions.Of> distributions = Optional.empty();
  private volatile Map<Agreement, Counter> comparisons = Map.of();

  /** Without meters, as long as no model is on trial. */
  TrialMeters(MeterRegistry registry, ScoreDistributions distributions, String pipeline) {
    this.registry = registry;
    this.pipeline = pipeline;
    allDistributions = distributions;
  }

  /** Another model is on trial from now on. */
  void begin(Manifest manifest) {
    distributions = Optional.of(allDistributions.begin(pipeline, ModelRole.SHADOW, manifest));
    Map<Agreement, Counter> counters = new EnumMap<>(Agreement.class);
    for (Agreement outcome : Agreement.values()) {
      counters.put(outcome, counter(outcome));
    }
    comparisons = counters;
  }

  private Counter counter(Agreement outcome) {
    return Counter.builder("weir.compared.records")
        .description(
            "Records that the live model scored while another was on trial, by which of them finds"
                + " them anomalous")
        .baseUnit("records")
        .tags(Tags.of("pipeline", pipeline, "anomalous", outcome.name().toLowerCase(Locale.ROOT)))
        .register(registry);
  }

  /**
   * A record was scored by the live model, and maybe by the one on trial. Those of keys that are
   * warming up do not count.
   */
  void compared(Verdict live, Optional<Verdict> shadow) {
    Optional<Agreement> outcome = Agreement.of(live, shadow);
    if (outcome.isEmpty()) {
      return;
    }
    shadow.ifPresent(
        other -> distributions.ifPresent(each -> each.record(other.score(), other.probability())));
    Counter counter = comparisons.get(outcome.get());
    if (counter != null) {
      counter.increment();
    }
  }
}
