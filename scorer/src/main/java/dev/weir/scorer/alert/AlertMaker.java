package dev.weir.scorer.alert;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.schemas.Alert;
import dev.weir.schemas.ScoredRecord;
import java.time.Instant;

/** Makes what is published of a verdict. Thread-safe. */
public final class AlertMaker {
  private final String pipeline;

  public AlertMaker(String pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * The alert on an anomalous record. Its id depends on nothing but the pipeline and the record's
   * place, so that an alert that is made twice can be told.
   */
  public Alert alert(Verdict verdict, RecordSource source, Instant now) {
    ModelIdentity model = verdict.model();
    AlertThreshold threshold = model.threshold();
    return Alert.newBuilder()
        .setId(pipeline + ":" + source.topic() + ":" + source.partition() + ":" + source.offset())
        .setKey(source.key())
        .setEventTime(source.eventTime())
        .setDetectionTime(now)
        .setPipeline(pipeline)
        .setModelName(model.name())
        .setModelVersion(model.version())
        .setModelFamily(model.family())
        .setScore(verdict.score())
        .setThreshold(threshold.score())
        .setProbability(verdict.probability())
        .setFalseAlarmRate(threshold.falseAlarmRate())
        .setSeverity(Severities.of(verdict.probability(), threshold.falseAlarmRate()))
        .setContributions(verdict.contributions())
        .setSomCell(verdict.cell().isPresent() ? verdict.cell().getAsInt() : null)
        .setSourceTopic(source.topic())
        .setSourcePartition(source.partition())
        .setSourceOffset(source.offset())
        .build();
  }

  /** What the optional topic of scored records says. */
  public ScoredRecord scored(Verdict verdict, RecordSource source) {
    return ScoredRecord.newBuilder()
        .setKey(source.key())
        .setEventTime(source.eventTime())
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
