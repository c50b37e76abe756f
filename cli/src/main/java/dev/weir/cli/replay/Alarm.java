package dev.weir.cli.replay;

import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.AlertStatus;
import dev.weir.schemas.FeatureContribution;
import dev.weir.schemas.Severity;

/**
 * What a person was, or would have been, called for: a record, or an incident with all its alerts.
 *
 * @param subject whose it is, and of which kind; two of different subjects are never the same
 * @param key of its records
 * @param isRecord whether it is a record by itself
 * @param topic of the record that it is about
 * @param partition of that record
 * @param offset of that record
 * @param from when it began, in milliseconds since 1970
 * @param to when it ended, or was heard of last
 * @param probability of its least probable record under normal; not a number for a silence
 * @param severity of that record
 * @param feature that added most to that record's score; null if nothing did
 */
record Alarm(
    String subject,
    String key,
    boolean isRecord,
    String topic,
    int partition,
    long offset,
    long from,
    long to,
    double probability,
    Severity severity,
    String feature) {

  static Alarm of(Alert alert) {
    long time = alert.getEventTime().toEpochMilli();
    boolean isRecord = alert.getStatus() == AlertStatus.RECORD;
    boolean hasStart = alert.getIncidentStart() != null;
    return new Alarm(
        subject(alert),
        alert.getKey(),
        isRecord,
        alert.getSourceTopic(),
        alert.getSourcePartition(),
        alert.getSourceOffset(),
        hasStart ? Math.min(time, alert.getIncidentStart().toEpochMilli()) : time,
        time,
        alert.getProbability(),
        alert.getSeverity(),
        alert.getContributions().stream()
            .findFirst()
            .map(FeatureContribution::getFeature)
            .orElse(null));
  }

  /** Records without a key are told apart by their partitions, as the scorer does. */
  private static String subject(Alert alert) {
    String whose = alert.getKey() == null ? "p" + alert.getSourcePartition() : "k" + alert.getKey();
    String kind = alert.getKind() == AlertKind.SILENCE ? "silence" : "anomaly";
    return kind + " " + alert.getSourceTopic() + " " + whose;
  }

  /** The same incident with one more alert of it. */
  Alarm with(Alarm other) {
    Alarm worse = other.probability < probability ? other : this;
    return new Alarm(
        subject,
        key,
        isRecord,
        topic,
        worse.partition,
        worse.offset,
        Math.min(from, other.from),
        Math.max(to, other.to),
        worse.probability,
        worse.severity,
        worse.feature);
  }

  /** Whether both were there at some time. */
  boolean overlaps(Alarm other) {
    return from <= other.to && other.from <= to;
  }
}
