package dev.weir.scorer.metrics;

import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.AlertStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Counts what a pipeline's alerts are about: which incidents they open and close, and which feature
 * each is mostly due to. Tags are bounded by the model's features. Thread-safe.
 */
final class AlertDetails {
  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<AlertKind, Map<AlertStatus, Counter>> incidents =
      new EnumMap<>(AlertKind.class);

  AlertDetails(MeterRegistry registry, String pipeline) {
    this.registry = registry;
    tags = Tags.of("pipeline", pipeline);
    for (AlertKind kind : AlertKind.values()) {
      Map<AlertStatus, Counter> byStatus = new EnumMap<>(AlertStatus.class);
      for (AlertStatus status : AlertStatus.values()) {
        if (status != AlertStatus.RECORD) {
          byStatus.put(status, incidents(kind, status));
        }
      }
      incidents.put(kind, byStatus);
    }
  }

  private Counter incidents(AlertKind kind, AlertStatus status) {
    return Counter.builder("weir.incidents")
        .description("Alerts that tell of incidents, by what became of them")
        .baseUnit("incidents")
        .tags(tags.and("kind", lower(kind), "status", lower(status)))
        .register(registry);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  void count(Alert alert) {
    Counter ofIncident = incidents.get(alert.getKind()).get(alert.getStatus());
    if (ofIncident != null) {
      ofIncident.increment();
    }
    if (!alert.getContributions().isEmpty()) {
      Counter.builder("weir.top.feature.alerts")
          .description("Alerts by the feature that added most to the score")
          .baseUnit("alerts")
          .tags(tags.and("feature", alert.getContributions().get(0).getFeature()))
          .register(registry)
          .increment();
    }
  }
}
