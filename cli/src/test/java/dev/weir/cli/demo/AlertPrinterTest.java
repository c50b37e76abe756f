package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.AlertStatus;
import dev.weir.schemas.FeatureContribution;
import dev.weir.schemas.Severity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlertPrinterTest {

  @Test
  void shouldPrintNumbersAsTheyAre() {
    assertThat(
            printed(
                new FeatureContribution("cpu", 97.5, 12.0, 0.8, null, null),
                new FeatureContribution("memory", null, 40.0, 0.2, null, null)))
        .contains(
            "cpu 97.5 where 12 was expected (80 % of the score); memory missing where 40 was"
                + " expected (20 % of the score)");
  }

  @Test
  void shouldPrintWhatNumbersStandFor() {
    assertThat(
            printed(
                new FeatureContribution("region", 0.0, 1.2, 0.7, "(other)", "eu"),
                new FeatureContribution("at.hourOfDay", 3.75, 13.0, 0.3, "03:45", "13:00")))
        .contains(
            "region (other) where eu was expected (70 % of the score); at.hourOfDay 03:45 where"
                + " 13:00 was expected (30 % of the score)");
    assertThat(printed(new FeatureContribution("up", null, 0.9, 1.0, null, "true")))
        .contains("up missing where true was expected (100 % of the score)");
  }

  private static String printed(FeatureContribution... contributions) {
    StringWriter out = new StringWriter();
    Alert alert =
        Alert.newBuilder()
            .setKind(AlertKind.ANOMALY)
            .setStatus(AlertStatus.RECORD)
            .setIncidentId(null)
            .setIncidentStart(null)
            .setAnomalousRecords(1)
            .setId("pipeline:topic:0:1")
            .setKey("host-1")
            .setEventTime(Instant.EPOCH)
            .setDetectionTime(Instant.EPOCH)
            .setPipeline("pipeline")
            .setModelName("model")
            .setModelVersion("1")
            .setModelFamily("autoencoder")
            .setScore(9)
            .setThreshold(1)
            .setProbability(1e-5)
            .setFalseAlarmRate(1e-3)
            .setSeverity(Severity.HIGH)
            .setContributions(List.of(contributions))
            .setSourceTopic("topic")
            .setSourcePartition(0)
            .setSourceOffset(1)
            .build();
    new AlertPrinter(new PrintWriter(out, true), false).alert(alert);
    return out.toString();
  }
}
