package dev.weir.scorer.metrics;

import dev.weir.model.bundle.Manifest;
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
  private volatile Map<Comparison, Counter> comparisons = Map.of();

  /** What came of a record that two models have seen. */
  private enum Comparison {
    BOTH,
    LIVE,
    SHADOW,
    NEITHER,
    UNSCORED;

    static Comparison of(boolean live, boolean shadow) {
      if (live) {
        return shadow ? BOTH : LIVE;
      }
      return shadow ? SHADOW : NEITHER;
    }
  }

  /** Without meters, as long as no model is on trial. */
  TrialMeters(MeterRegistry registry, ScoreDistributions distributions, String pipeline) {
    this.registry = registry;
    this.pipeline = pipeline;
    allDistributions = distributions;
  }

  /** Another model is on trial from now on. */
  void begin(Manifest manifest) {
    distributions = Optional.of(allDistributions.begin(pipeline, ModelRole.SHADOW, manifest));
    Map<Comparison, Counter> counters = new EnumMap<>(Comparison.class);
    for (Comparison outcome : Comparison.values()) {
      counters.put(outcome, counter(outcome));
    }
    comparisons = counters;
  }

  private Counter counter(Comparison outcome) {
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
    Comparison outcome = Comparison.UNSCORED;
    if (shadow.isPresent()) {
      Verdict other = shadow.get();
      if (other.warmingUp() || live.warmingUp()) {
        return;
      }
      outcome = Comparison.of(live.anomalous(), other.anomalous());
      distributions.ifPresent(each -> each.record(other.score(), other.probability()));
    }
    Counter counter = comparisons.get(outcome);
    if (counter != null) {
      counter.increment();
    }
  }
}
