package dev.weir.scorer.alert;

import dev.weir.schemas.AlertKind;
import dev.weir.schemas.AlertStatus;

/**
 * Something that somebody should hear of.
 *
 * @param kind what happened
 * @param status whether it began, goes on or has ended
 * @param id of the alert; the same however often the records are scored again
 * @param incidentId of the alert that opened the incident; null if it is a record by itself
 * @param eventMillis when it happened, in milliseconds since 1970
 * @param openedMillis when the incident began
 * @param anomalies how many anomalous records it has so far
 * @param evidence the record that it is about; of a closed incident, the least probable one; of a
 *     silence, null
 * @param lastRecord the key's newest record, if it is about a silence; otherwise null
 * @param silentMillis how long the key has been silent
 * @param allowedMillis how long it may be
 */
public record Notice(
    AlertKind kind,
    AlertStatus status,
    String id,
    String incidentId,
    long eventMillis,
    long openedMillis,
    long anomalies,
    Evidence evidence,
    RecordSource lastRecord,
    long silentMillis,
    long allowedMillis) {

  static Notice ofRecord(
      AlertStatus status, String id, KeyWatch.Incident incident, Evidence evidence) {
    long time = evidence.source().eventMillis();
    return incident == null
        ? new Notice(AlertKind.ANOMALY, status, id, null, time, time, 1, evidence, null, 0, 0)
        : new Notice(
            AlertKind.ANOMALY,
            status,
            id,
            incident.id,
            time,
            incident.openedAt,
            incident.anomalies,
            evidence,
            null,
            0,
            0);
  }

  static Notice ofClosed(KeyWatch.Incident incident, long time) {
    return new Notice(
        AlertKind.ANOMALY,
        AlertStatus.CLOSED,
        incident.id + ":closed",
        incident.id,
        time,
        incident.openedAt,
        incident.anomalies,
        incident.worst,
        null,
        0,
        0);
  }

  static Notice ofSilence(
      AlertStatus status,
      String incidentId,
      RecordSource lastRecord,
      long since,
      long time,
      long silent,
      long allowed) {
    return new Notice(
        AlertKind.SILENCE,
        status,
        status == AlertStatus.CLOSED ? incidentId + ":closed" : incidentId,
        incidentId,
        time,
        since,
        0,
        null,
        lastRecord,
        silent,
        allowed);
  }
}
