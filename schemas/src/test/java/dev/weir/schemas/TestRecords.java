package dev.weir.schemas;

import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;

/** Records and schemas that the tests share. */
public final class TestRecords {
  /** A record of one field. */
  public static final Schema POINT =
      parse(
          """
          {"type": "record", "name": "Point", "namespace": "test",
           "fields": [{"name": "x", "type": "int"}]}""");

  /** The next version of it, which fits. */
  public static final Schema POINT_WITH_DEFAULT =
      parse(
          """
          {"type": "record", "name": "Point", "namespace": "test",
           "fields": [{"name": "x", "type": "int"}, {"name": "y", "type": "int", "default": 7}]}""");

  /** One that does not. */
  public static final Schema POINT_WITHOUT_DEFAULT =
      parse(
          """
          {"type": "record", "name": "Point", "namespace": "test",
           "fields": [{"name": "x", "type": "int"}, {"name": "y", "type": "int"}]}""");

  private TestRecords() {}

  public static Schema parse(String schema) {
    return new Schema.Parser().parse(schema);
  }

  public static Alert alert() {
    return Alert.newBuilder()
        .setKind(AlertKind.ANOMALY)
        .setStatus(AlertStatus.RECORD)
        .setIncidentId(null)
        .setIncidentStart(null)
        .setAnomalousRecords(1)
        .setId("fleet/web-1/0/42")
        .setKey("web-1")
        .setEventTime(Instant.parse("2026-01-02T03:04:05.678Z"))
        .setDetectionTime(Instant.parse("2026-01-02T03:04:06Z"))
        .setPipeline("fleet")
        .setModelName("servers")
        .setModelVersion("1")
        .setModelFamily("autoencoder")
        .setScore(3.5)
        .setThreshold(2.25)
        .setProbability(1e-6)
        .setFalseAlarmRate(1e-4)
        .setSeverity(Severity.HIGH)
        .setContributions(
            List.of(
                FeatureContribution.newBuilder()
                    .setFeature("cpu")
                    .setActual(99.0)
                    .setExpected(12.5)
                    .setShare(0.75)
                    .build(),
                FeatureContribution.newBuilder()
                    .setFeature("memory")
                    .setActual(null)
                    .setExpected(40)
                    .setShare(0.25)
                    .build()))
        .setSourceTopic("metrics")
        .setSourcePartition(3)
        .setSourceOffset(42)
        .build();
  }

  public static ScoredRecord scoredRecord() {
    return ScoredRecord.newBuilder()
        .setWarmingUp(false)
        .setKey(null)
        .setEventTime(Instant.parse("2026-01-02T03:04:05.678Z"))
        .setModelName("servers")
        .setModelVersion("1")
        .setScore(0.5)
        .setProbability(0.3)
        .setAnomalous(false)
        .setSourceTopic("metrics")
        .setSourcePartition(0)
        .setSourceOffset(7)
        .build();
  }
}
