package dev.weir.scorer.alert;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.ComparedRecord;
import dev.weir.schemas.ModelVerdict;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes what is published of notices and verdicts. Thread-safe. */
public final class AlertMaker {
  private final String pipeline;

  public AlertMaker(String pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * The alert that says what a notice says.
   *
   * @param live the model that scores now; a silence is of no model's making
   */
  public Alert alert(Notice notice, ModelIdentity live, Instant now) {
    Alert.Builder alert =
        Alert.newBuilder()
            .setId(notice.id())
            .setDetectionTime(now)
            .setPipeline(pipeline)
            .setKind(notice.kind())
            .setStatus(notice.status())
            .setIncidentId(notice.incidentId())
            .setIncidentStart(
                notice.incidentId() == null ? null : Instant.ofEpochMilli(notice.openedMillis()))
            .setAnomalousRecords(notice.anomalies())
            .setEventTime(Instant.ofEpochMilli(notice.eventMillis()));
    return (notice.kind() == AlertKind.SILENCE
            ? silence(alert, notice, live)
            : anomaly(alert, notice.evidence()))
        .build();
  }

  /** The alert that says what a notice of drift says; of no key. */
  public Alert alert(DriftNotice notice, Instant now) {
    ModelIdentity model = notice.model();
    return from(Alert.newBuilder(), notice.newest())
        .setId(notice.id())
        .setDetectionTime(now)
        .setPipeline(pipeline)
        .setKind(AlertKind.DRIFT)
        .setStatus(notice.status())
        .setIncidentId(notice.incidentId())
        .setIncidentStart(Instant.ofEpochMilli(notice.openedMillis()))
        .setAnomalousRecords(notice.anomalous())
        .setEventTime(Instant.ofEpochMilli(notice.eventMillis()))
        .setModelName(model.name())
        .setModelVersion(model.version())
        .setModelFamily(model.family())
        .setScore(notice.index())
        .setThreshold(notice.threshold())
        .setProbability(Double.NaN)
        .setFalseAlarmRate(model.threshold().falseAlarmRate())
        .setSeverity(Severity.MEDIUM)
        .setContributions(notice.parts().stream().map(Evidence.Part::contribution).toList())
        .build();
  }

  private static Alert.Builder anomaly(Alert.Builder alert, Evidence evidence) {
    AlertThreshold threshold = evidence.model().threshold();
    return from(alert, evidence.source())
        .setModelName(evidence.model().name())
        .setModelVersion(evidence.model().version())
        .setModelFamily(evidence.model().family())
        .setScore(evidence.score())
        .setThreshold(threshold.score())
        .setProbability(evidence.probability())
        .setFalseAlarmRate(threshold.falseAlarmRate())
        .setSeverity(Severities.of(evidence.probability(), threshold.falseAlarmRate()))
        .setContributions(evidence.parts().stream().map(Evidence.Part::contribution).toList())
        .setSomCell(evidence.cell());
  }

  /** Seconds stand for scores, since no model has scored what did not come. */
  private static Alert.Builder silence(Alert.Builder alert, Notice notice, ModelIdentity live) {
    return from(alert, notice.lastRecord())
        .setModelName(live.name())
        .setModelVersion(live.version())
        .setModelFamily(live.family())
        .setScore(notice.silentMillis() / 1e3)
        .setThreshold(notice.allowedMillis() / 1e3)
        .setProbability(Double.NaN)
        .setFalseAlarmRate(live.threshold().falseAlarmRate())
        .setSeverity(Severity.MEDIUM)
        .setContributions(List.of());
  }

  private static Alert.Builder from(Alert.Builder alert, RecordSource source) {
    return alert
        .setKey(source.key())
        .setSourceTopic(source.topic())
        .setSourcePartition(source.partition())
        .setSourceOffset(source.offset())
        .setSourceSchemaId(source.schemaId())
        .setSourceSchemaGuid(source.schemaGuid());
  }

  /**
   * What the optional topic says in which the model on trial is compared with the live one.
   *
   * @param shadow empty if that one could not score the record
   */
  public ComparedRecord compared(Verdict live, Optional<Verdict> shadow, RecordSource source) {
    return ComparedRecord.newBuilder()
        .setKey(source.key())
        .setEventTime(Instant.ofEpochMilli(source.eventMillis()))
        .setPipeline(pipeline)
        .setLive(verdict(live))
        .setShadow(shadow.map(AlertMaker::verdict).orElse(null))
        .setSourceTopic(source.topic())
        .setSourcePartition(source.partition())
        .setSourceOffset(source.offset())
        .build();
  }

  private static ModelVerdict verdict(Verdict verdict) {
    return ModelVerdict.newBuilder()
        .setModelName(verdict.model().name())
        .setModelVersion(verdict.model().version())
        .setScore(verdict.score())
        .setProbability(verdict.probability())
        .setAnomalous(verdict.anomalous())
        .setWarmingUp(verdict.warmingUp())
        .build();
  }

  /** What the optional topic of scored records says. */
  public ScoredRecord scored(Verdict verdict, RecordSource source) {
    return ScoredRecord.newBuilder()
        .setKey(source.key())
        .setEventTime(Instant.ofEpochMilli(source.eventMillis()))
        .setModelName(verdict.model().name())
        .setModelVersion(verdict.model().version())
        .setScore(verdict.score())
        .setProbability(verdict.probability())
        .setAnomalous(verdict.anomalous())
        .setWarmingUp(verdict.warmingUp())
        .setSourceTopic(source.topic())
        .setSourcePartition(source.partition())
        .setSourceOffset(source.offset())
        .build();
  }
}
