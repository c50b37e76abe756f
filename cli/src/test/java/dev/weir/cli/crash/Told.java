package dev.weir.cli.crash;

import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.FeatureContribution;
import dev.weir.schemas.ScoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What scorers say of records and keys, but for when they said it and which of them did. */
final class Told {
  private Told() {}

  /** A record's place in the input. */
  static String place(ScoredRecord scored) {
    return scored.getSourcePartition() + ":" + scored.getSourceOffset();
  }

  /** What is said of each record, by its place. */
  static Map<String, String> ofRecords(CommittedTopic<ScoredRecord> scored) {
    Map<String, String> told = new TreeMap<>();
    for (ConsumerRecord<byte[], ScoredRecord> each : scored.records()) {
      ScoredRecord value = each.value();
      told.put(
          place(value),
          "%s %.4g %s %s"
              .formatted(
                  value.getKey(), value.getScore(), value.getAnomalous(), value.getWarmingUp()));
    }
    return told;
  }

  /** What is told of each key up to a time, in order. */
  static Map<String, List<String>> ofKeys(List<Alert> alerts, Instant end) {
    return alerts.stream()
        .filter(alert -> alert.getKind() != AlertKind.DRIFT && alert.getEventTime().isBefore(end))
        .collect(
            Collectors.groupingBy(
                Alert::getKey, TreeMap::new, Collectors.mapping(Told::text, Collectors.toList())));
  }

  /** What is told of drift, in order. */
  static List<String> ofDrift(List<Alert> alerts) {
    return alerts.stream()
        .filter(alert -> alert.getKind() == AlertKind.DRIFT)
        .map(Told::text)
        .toList();
  }

  private static String text(Alert alert) {
    return "%s %s %s at %s: %.4g, %d anomalous since %s, by record %d:%d, %s"
        .formatted(
            alert.getIncidentId().replaceFirst("^[^:]*:", ""),
            alert.getKind(),
            alert.getStatus(),
            alert.getEventTime(),
            alert.getScore(),
            alert.getAnomalousRecords(),
            alert.getIncidentStart(),
            alert.getSourcePartition(),
            alert.getSourceOffset(),
            alert.getContributions().stream().map(Told::text).toList());
  }

  private static String text(FeatureContribution contribution) {
    return "%s %.4g %s"
        .formatted(
            contribution.getFeature(), contribution.getActual(), contribution.getActualText());
  }
}
