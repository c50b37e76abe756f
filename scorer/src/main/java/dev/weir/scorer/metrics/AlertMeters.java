package dev.weir.scorer.metrics;

import dev.weir.model.bundle.Manifest;
import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.AlertStatus;
import dev.weir.schemas.Severity;
import dev.weir.scorer.topology.RecordClock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts a pipeline's alerts, what they name, and how long they took. Thread-safe. */
final class AlertMeters {
  private final MeterRegistry registry;
  private final String pipeline;
  private final Map<Sort, Counter> alerts = new ConcurrentHashMap<>();
  private final Map<RecordClock, Timer> recordToAlert = new EnumMap<>(RecordClock.class);
  private final Map<AlertKind, AtomicLong> open = new EnumMap<>(AlertKind.class);
  private final TopFeatures topFeatures;

  private record Sort(AlertKind kind, AlertStatus status, Severity severity) {}

  /** Meters that stand at 0; those of every alert that there can be are there from the start. */
  AlertMeters(MeterRegistry registry, String pipeline) {
    this.registry = registry;
    this.pipeline = pipeline;
    topFeatures = new TopFeatures(registry, pipeline);
    for (Severity severity : Severity.values()) {
      for (AlertStatus status : AlertStatus.values()) {
        counter(new Sort(AlertKind.ANOMALY, status, severity));
      }
    }
    for (AlertKind kind : List.of(AlertKind.SILENCE, AlertKind.DRIFT)) {
      for (AlertStatus status : List.of(AlertStatus.OPENED, AlertStatus.CLOSED)) {
        counter(new Sort(kind, status, Severity.MEDIUM));
      }
    }
    for (AlertKind kind : AlertKind.values()) {
      open.put(kind, open(kind));
    }
    for (RecordClock since : RecordClock.values()) {
      recordToAlert.put(since, recordToAlert(since));
    }
  }

  /** A model alerts from now on. */
  void begin(Manifest manifest) {
    topFeatures.begin(manifest);
  }

  private Timer recordToAlert(RecordClock since) {
    return Timer.builder("weir.record.to.alert")
        .description(
            "From a record's timestamp to an alert about it: since it happened, or since the broker"
                + " appended it, as its topic's timestamps are")
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofMinutes(1))
        .tags(Tags.of("pipeline", pipeline, "since", tag(since)))
        .register(registry);
  }

  private AtomicLong open(AlertKind kind) {
    AtomicLong incidents = new AtomicLong();
    Gauge.builder("weir.incidents.open", incidents, AtomicLong::get)
        .description("Incidents of this instance's tasks that are open: of keys, or of drift")
        .baseUnit("open")
        .tags(Tags.of("pipeline", pipeline, "kind", tag(kind)))
        .register(registry);
    return incidents;
  }

  private Counter counter(Sort sort) {
    return alerts.computeIfAbsent(
        sort,
        unused ->
            Counter.builder("weir.alerts")
                .description("Alerts that were raised")
                .baseUnit("alerts")
                .tags(
                    Tags.of(
                        "pipeline", pipeline,
                        "kind", tag(sort.kind()),
                        "status", tag(sort.status()),
                        "severity", tag(sort.severity())))
                .register(registry));
  }

  private static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** An alert was published. */
  void alerted(Alert alert, RecordClock since) {
    if (alert.getKind() == AlertKind.ANOMALY && alert.getStatus() != AlertStatus.CLOSED) {
      Duration passed = Duration.between(alert.getEventTime(), alert.getDetectionTime());
      recordToAlert.get(since).record(passed.isNegative() ? Duration.ZERO : passed);
    }
    counter(new Sort(alert.getKind(), alert.getStatus(), alert.getSeverity())).increment();
    topFeatures.count(alert);
  }

  /** So many more incidents are open than before. */
  void open(AlertKind kind, int change) {
    open.get(kind).addAndGet(change);
  }

  /** How many there were. */
  long raised() {
    return (long) alerts.values().stream().mapToDouble(Counter::count).sum();
  }
}
