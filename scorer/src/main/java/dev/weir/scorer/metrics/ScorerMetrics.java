package dev.weir.scorer.metrics;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.record.RejectReason;
import dev.weir.schemas.Severity;
import dev.weir.scorer.topology.ScoringListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Counts what happens to records.
 *
 * <p>Tags are bounded: pipeline, reason, severity, model; never a record's key. Thread-safe.
 */
public final class ScorerMetrics implements ScoringListener {
  private final Counter scored;
  private final Map<RejectReason, Counter> rejected = new EnumMap<>(RejectReason.class);
  private final Map<Severity, Counter> alerts = new EnumMap<>(Severity.class);
  private final ScoreDistributions distributions;
  private final DistributionSummary batchRows;
  private final Timer queueAge;
  private final Timer recordToScore;

  public ScorerMetrics(PrometheusMeterRegistry registry, String pipeline, Manifest manifest) {
    Tags tags = Tags.of("pipeline", pipeline);
    scored =
        Counter.builder("weir.scored.records")
            .description("Records that were scored")
            .baseUnit("records")
            .tags(tags)
            .register(registry);
    for (RejectReason reason : RejectReason.values()) {
      rejected.put(
          reason,
          Counter.builder("weir.rejected.records")
              .description("Records that could not be scored and went to the dead-letter topic")
              .baseUnit("records")
              .tags(tags.and("reason", reason.code()))
              .register(registry));
    }
    for (Severity severity : Severity.values()) {
      alerts.put(
          severity,
          Counter.builder("weir.alerts")
              .description("Alerts that were raised")
              .baseUnit("alerts")
              .tags(tags.and("severity", severity.name().toLowerCase(Locale.ROOT)))
              .register(registry));
    }
    distributions = new ScoreDistributions(registry, pipeline, manifest);
    batchRows =
        DistributionSummary.builder("weir.batch.rows")
            .description("Records scored together in one run of the network")
            .baseUnit("rows")
            .serviceLevelObjectives(1, 4, 16, 64, 256, 1024, 4096)
            .tags(tags)
            .register(registry);
    queueAge =
        Timer.builder("weir.queue.age")
            .description("How long the oldest record of a batch waited to be scored")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .tags(tags)
            .register(registry);
    recordToScore =
        Timer.builder("weir.record.to.score")
            .description("From a record's timestamp to its score")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofMinutes(1))
            .tags(tags)
            .register(registry);
    Gauge.builder("weir.model.info", () -> 1)
        .description("The model that is scoring; always 1")
        .baseUnit("info")
        .tags(
            tags.and(
                "model", manifest.name(),
                "version", manifest.version(),
                "family", manifest.family()))
        .register(registry);
  }

  public long recordsScored() {
    return (long) scored.count();
  }

  public long recordsRejected() {
    return (long) rejected.values().stream().mapToDouble(Counter::count).sum();
  }

  public long alertsRaised() {
    return (long) alerts.values().stream().mapToDouble(Counter::count).sum();
  }

  @Override
  public void rejected(RejectReason reason) {
    rejected.get(reason).increment();
  }

  @Override
  public void scored(double score, double probability, long recordToScoreMillis) {
    scored.increment();
    distributions.record(score, probability);
    recordToScore.record(Duration.ofMillis(Math.max(0, recordToScoreMillis)));
  }

  @Override
  public void alerted(Severity severity) {
    alerts.get(severity).increment();
  }

  @Override
  public void flushed(int rows, long oldestWaitedNanos) {
    batchRows.record(rows);
    queueAge.record(Duration.ofNanos(Math.max(0, oldestWaitedNanos)));
  }
}
