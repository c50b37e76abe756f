package dev.weir.scorer.metrics;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.record.RejectReason;
import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.Severity;
import dev.weir.scorer.alert.Severities;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.drift.DriftReport;
import dev.weir.scorer.topology.RecordClock;
import dev.weir.scorer.topology.ScoringListener;
import dev.weir.scorer.topology.Unpublished;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens to a pipeline's records.
 *
 * <p>Tags are bounded: pipeline, reason, severity, model, feature; never a record's key. What
 * counts for models or features that are no more goes with them. Thread-safe.
 */
public final class ScorerMetrics implements ScoringListener {
  private final String pipeline;
  private final MeterRegistry registry;
  private final ScoreDistributions allDistributions;
  private final Counter scored;
  private final Counter warmingUp;
  private final Counter tombstones;
  private final Counter fromFuture;
  private final Counter unwatched;
  private final Counter suppressed;
  private final Map<RejectReason, Counter> rejected = new EnumMap<>(RejectReason.class);
  private final AlertMeters alerts;
  private final TrialMeters trial;
  private final Map<Unpublished, Counter> unpublished = new EnumMap<>(Unpublished.class);
  private final DistributionSummary batchRows;
  private final Timer queueAge;
  private final Timer recordToScore;
  private final LongAdder anomalous = new LongAdder();
  private volatile Map<Severity, Counter> anomalies = Map.of();
  private final LastHour realised;
  private final MultiGauge featureDrift;
  private volatile Optional<DriftReport> drift = Optional.empty();
  private volatile double askedRate = Double.NaN;
  private volatile ScoreDistributions.Of distributions;
  private final Map<ModelRole, Meter> modelInfo = new EnumMap<>(ModelRole.class);

  /** Counts for a pipeline; for its model from {@link #live} on. */
  ScorerMetrics(MeterRegistry registry, ScoreDistributions distributions, String pipeline) {
    this.registry = registry;
    this.pipeline = pipeline;
    allDistributions = distributions;
    Tags tags = Tags.of("pipeline", pipeline);
    scored =
        Counter.builder("weir.scored.records")
            .description("Records that were scored")
            .baseUnit("records")
            .tags(tags)
            .register(registry);
    warmingUp =
        Counter.builder("weir.warming.up.records")
            .description("Records that were scored before their key's window was full; no alerts")
            .baseUnit("records")
            .tags(tags)
            .register(registry);
    tombstones =
        Counter.builder("weir.tombstone.records")
            .description("Records without a value, which end what is known of their key")
            .baseUnit("records")
            .tags(tags)
            .register(registry);
    unwatched =
        Counter.builder("weir.unwatched.records")
            .description("Records of keys whose silence is not noticed, since there are too many")
            .baseUnit("records")
            .tags(tags)
            .register(registry);
    fromFuture =
        Counter.builder("weir.future.records")
            .description("Records whose time is too far ahead of the clock; taken as of now")
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
    alerts = new AlertMeters(registry, pipeline);
    trial = new TrialMeters(registry, distributions, pipeline);
    suppressed =
        Counter.builder("weir.suppressed.alerts")
            .description("Alerts held back by the alert policy's cooldown or hourly limit")
            .baseUnit("alerts")
            .tags(tags)
            .register(registry);
    for (Unpublished why : Unpublished.values()) {
      unpublished.put(
          why,
          Counter.builder("weir.unpublished.records")
              .description("Alerts, scores and comparisons that could not be published")
              .baseUnit("records")
              .tags(tags.and("reason", why.code()))
              .register(registry));
    }
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
    realised = new LastHour(anomalous::sum, () -> (long) (scored.count() - warmingUp.count()));
    Gauge.builder("weir.alarm.rate.realised", realised::rate)
        .description("Share of this instance's records of the last hour that are anomalous")
        .baseUnit("ratio")
        .tags(tags)
        .register(registry);
    Gauge.builder("weir.alarm.rate.asked", () -> askedRate)
        .description("Share of normal records that may be flagged, as it was asked for")
        .baseUnit("ratio")
        .tags(tags)
        .register(registry);
    featureDrift =
        MultiGauge.builder("weir.drift")
            .description(
                "Population stability index of each feature against the training; from 0.25 on it"
                    + " has drifted")
            .baseUnit("psi")
            .tags(tags)
            .register(registry);
    Gauge.builder("weir.score.drift", this, ScorerMetrics::scoreDrift)
        .description("Population stability index of the probabilities against the calibration")
        .baseUnit("psi")
        .tags(tags)
        .register(registry);
  }

  private Counter anomalies(String model, Severity severity) {
    return Counter.builder("weir.anomalous.records")
        .description(
            "Records that the live model found anomalous, whether or not there was an alert")
        .baseUnit("records")
        .tags(
            Tags.of(
                "pipeline",
                pipeline,
                "model",
                model,
                "severity",
                severity.name().toLowerCase(Locale.ROOT)))
        .register(registry);
  }

  private static double scoreDrift(ScorerMetrics metrics) {
    return metrics.drift.map(DriftReport::probabilities).orElse(Double.NaN);
  }

  /** Another model scores from now on, with the threshold of its bundle. */
  public void live(Manifest manifest) {
    live(manifest, manifest.threshold().falseAlarmRate());
  }

  /**
   * Another model scores from now on.
   *
   * @param falseAlarmRate the share of normal records that may be flagged
   */
  public synchronized void live(Manifest manifest, double falseAlarmRate) {
    askedRate = falseAlarmRate;
    alerts.begin(manifest);
    distributions = allDistributions.begin(pipeline, ModelRole.LIVE, manifest);
    Map<Severity, Counter> before = anomalies;
    Map<Severity, Counter> counters = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      counters.put(severity, anomalies(manifest.name(), severity));
    }
    anomalies = counters;
    // A model of another name has counters of its own; one of the same name goes on with them.
    before.values().stream()
        .filter(counter -> !counters.containsValue(counter))
        .forEach(registry::remove);
    inform(ModelRole.LIVE, manifest);
  }

  /** Another model is on trial from now on. */
  public synchronized void onTrial(Manifest manifest) {
    trial.begin(manifest);
    inform(ModelRole.SHADOW, manifest);
  }

  private void inform(ModelRole role, Manifest manifest) {
    if (modelInfo.containsKey(role)) {
      registry.remove(modelInfo.get(role));
    }
    modelInfo.put(
        role,
        Gauge.builder("weir.model.info", () -> 1)
            .description("The models that are scoring; always 1")
            .baseUnit("info")
            .tags(
                Tags.of(
                    "pipeline", pipeline,
                    "role", role.tag(),
                    "model", manifest.name(),
                    "version", manifest.version(),
                    "family", manifest.family()))
            .register(registry));
  }

  public long recordsScored() {
    return (long) scored.count();
  }

  /** Rejected ones and tombstones. */
  public long recordsNotScored() {
    return (long)
        (rejected.values().stream().mapToDouble(Counter::count).sum() + tombstones.count());
  }

  public long alertsRaised() {
    return alerts.raised();
  }

  /** The share of this instance's records of the last hour that are anomalous; NaN of none. */
  public double realisedAlarmRate() {
    return realised.rate();
  }

  /** The share of normal records that may be flagged. */
  public double askedAlarmRate() {
    return askedRate;
  }

  /** What was last said of drift; empty if nothing was, or if another instance looks. */
  public Optional<DriftReport> drift() {
    return drift;
  }

  @Override
  public void rejected(RejectReason reason) {
    rejected.get(reason).increment();
  }

  @Override
  public void tombstone() {
    tombstones.increment();
  }

  @Override
  public void fromFuture() {
    fromFuture.increment();
  }

  @Override
  public void scored(Verdict verdict, long recordToScoreMillis) {
    scored.increment();
    recordToScore.record(Duration.ofMillis(Math.max(0, recordToScoreMillis)));
    if (verdict.warmingUp()) {
      // Its score is not what the calibration is about.
      warmingUp.increment();
    } else {
      distributions.record(verdict.score(), verdict.probability());
      if (verdict.anomalous()) {
        anomalous.increment();
        anomalies.get(Severities.of(verdict)).increment();
      }
    }
  }

  @Override
  public void alerted(Alert alert, RecordClock since) {
    alerts.alerted(alert, since);
  }

  @Override
  public void open(AlertKind kind, int change) {
    alerts.open(kind, change);
  }

  @Override
  public void suppressed(int count) {
    suppressed.increment(count);
  }

  @Override
  public void unwatched() {
    unwatched.increment();
  }

  @Override
  public void unpublished(Unpublished why) {
    unpublished.get(why).increment();
  }

  @Override
  public void flushed(int rows, long oldestWaitedNanos) {
    batchRows.record(rows);
    queueAge.record(Duration.ofNanos(Math.max(0, oldestWaitedNanos)));
  }

  @Override
  public void compared(Verdict live, Optional<Verdict> shadow) {
    trial.compared(live, shadow);
  }

  @Override
  public void drift(Optional<DriftReport> report) {
    drift = report;
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    report.ifPresent(
        seen ->
            seen.features()
                .forEach(
                    (feature, index) ->
                        rows.add(MultiGauge.Row.of(Tags.of("feature", feature), index))));
    featureDrift.register(rows, true);
  }
}
