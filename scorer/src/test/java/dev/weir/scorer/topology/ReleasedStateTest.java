package dev.weir.scorer.topology;

import static dev.weir.scorer.topology.ReleasedState.minutes;
import static dev.weir.scorer.topology.ReleasedState.record;
import static dev.weir.scorer.topology.TopologyFixture.NOW;
import static dev.weir.scorer.topology.TopologyFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.AlertStatus;
import dev.weir.schemas.ComparedRecord;
import dev.weir.schemas.ScoredRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What released versions have left in Kafka is gone on with. */
class ReleasedStateTest {

  @BeforeAll
  static void writeIfAsked() throws IOException {
    String version = System.getProperty("weir.released");
    if (version != null) {
      ReleasedState.write(version);
    }
  }

  static List<Path> released() throws IOException {
    return released("state-");
  }

  static List<Path> trials() throws IOException {
    return released("trial-");
  }

  private static List<Path> released(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(ReleasedState.FOLDER)) {
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("trials")
  void shouldGoOnWithTheModelOnTrialOfAReleasedVersion(Path file) throws IOException {
    try (TopologyFixture fixture =
        new TopologyFixture(ReleasedState.trialConfig(), ReleasedState.TRIAL)) {
      // Given a state of each of both models
      assertThat(ReleasedState.restore(file, fixture))
          .containsEntry(new Names("").encoderStates(), 2);

      // When
      fixture.pipeAt(minutes(180), "steady", record(25));

      // Then both know the record before, which was 6
      ComparedRecord compared = fixture.compared("compared").readValue();
      assertThat(compared.getLive().getScore()).isEqualTo(19.0);
      assertThat(compared.getShadow().getScore()).isEqualTo(19.0);
      assertThat(compared.getLive().getWarmingUp()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("trials")
  void shouldGoOnWithTheDriftOfAReleasedVersion(Path file) throws IOException {
    try (TopologyFixture fixture =
        new TopologyFixture(ReleasedState.trialConfig(), ReleasedState.TRIAL)) {
      // Given what was counted, in which memory has drifted
      assertThat(ReleasedState.restore(file, fixture)).containsKey(new Names("").driftWindows());
      assertThat(fixture.listener.open).containsEntry(AlertKind.DRIFT, 1);

      // When it goes on as it was in the training, scores and memory alike
      double cpu = 6;
      for (int minute = 180; minute < 400; minute++) {
        for (int i = 0; i < 20; i++) {
          cpu += (i + 0.5) / 2;
          double memory = (i + 0.5) / 20;
          fixture.pipeAt(
              minutes(minute), "steady", "{\"cpu\": " + cpu + ", \"memory\": " + memory + "}");
        }
      }

      // Then the alert that is open is closed, by its index and not by another model
      List<Alert> heard =
          fixture.alerts().readValuesToList().stream()
              .filter(alert -> alert.getKind() == AlertKind.DRIFT)
              .toList();
      assertThat(heard).extracting(Alert::getStatus).containsExactly(AlertStatus.CLOSED);
      assertThat(heard.get(0).getIncidentId()).startsWith("weir-test:drift:");
      assertThat(heard.get(0).getIncidentStart()).isBetween(NOW, NOW.plusMillis(minutes(180)));
      assertThat(heard.get(0).getScore()).isBetween(0.0, 0.25);
      assertThat(fixture.listener.open).containsEntry(AlertKind.DRIFT, 0);
    }
  }

  @ParameterizedTest
  @MethodSource("released")
  void shouldGoOnWithWindowsAndIncidentsOfAReleasedVersion(Path file) throws IOException {
    try (TopologyFixture fixture =
        new TopologyFixture(ReleasedState.config(), ReleasedState.MODEL)) {
      // Given
      assertThat(ReleasedState.restore(file, fixture))
          .containsEntry(new Names("").encoderStates(), 3)
          .containsEntry(new Names("").keyWatches(), 3);
      assertThat(fixture.listener.open).containsEntry(AlertKind.ANOMALY, 1);

      // When
      fixture.pipeAt(minutes(6), "sick", record(92));
      fixture.pipeAt(minutes(6), "well", record(5));
      fixture.pipe(null, bytes(record(1)), NOW.plusMillis(minutes(6)), new RecordHeaders());
      fixture.pipeAt(minutes(17), "well", record(5));

      // Then the differences are to the records before
      assertThat(fixture.scored("scores").readValuesToList())
          .extracting(ScoredRecord::getKey, ScoredRecord::getScore, ScoredRecord::getWarmingUp)
          .containsExactly(
              tuple("sick", 20.0, false),
              tuple("well", -1.0, false),
              tuple(null, 0.0, false),
              tuple("well", 0.0, false));
      // And the incident goes on, and is closed
      assertThat(fixture.alerts().readValuesToList())
          .extracting(
              Alert::getKey, Alert::getStatus, Alert::getIncidentId, Alert::getAnomalousRecords)
          .containsExactly(
              tuple("sick", AlertStatus.UPDATED, "weir-test:metrics:0:12", 4L),
              tuple("sick", AlertStatus.CLOSED, "weir-test:metrics:0:12", 4L));
    }
  }

  /** What is due of a key is known from the state alone, without a record of it. */
  @ParameterizedTest
  @MethodSource("released")
  void shouldCloseAndTellOfKeysThatAreSilentSinceAReleasedVersion(Path file) throws IOException {
    try (TopologyFixture fixture =
        new TopologyFixture(ReleasedState.config(), ReleasedState.MODEL)) {
      // Given
      ReleasedState.restore(file, fixture);

      // When only one of them goes on
      for (int minute = 6; minute < 70; minute++) {
        fixture.pipeAt(minutes(minute), "well", record(5 + minute % 2));
      }

      // Then
      assertThat(fixture.alerts().readValuesToList())
          .extracting(Alert::getKey, Alert::getKind, Alert::getStatus, Alert::getIncidentId)
          .containsExactlyInAnyOrder(
              tuple("sick", AlertKind.ANOMALY, AlertStatus.CLOSED, "weir-test:metrics:0:12"),
              tuple(
                  "sick", AlertKind.SILENCE, AlertStatus.OPENED, "weir-test:metrics:0:15:silence"),
              tuple(null, AlertKind.SILENCE, AlertStatus.OPENED, "weir-test:metrics:0:17:silence"));
      assertThat(fixture.listener.open)
          .containsEntry(AlertKind.ANOMALY, 0)
          .containsEntry(AlertKind.SILENCE, 2);
    }
  }

  @Test
  void shouldHaveAReleasedVersion() throws IOException {
    assertThat(released()).isNotEmpty();
    assertThat(trials()).isNotEmpty();
  }

  /** Such records may be under way while the scorer is replaced. */
  @Test
  void shouldReadTheOriginOfRecordsThatAReleasedVersionHasGivenAnotherKey() {
    // Given version 1: topic metrics, partition 3, offset 258, key "x"
    byte[] header =
        HexFormat.of()
            .parseHex(
                "01"
                    + "0007"
                    + "6d657472696373"
                    + "00000003"
                    + "0000000000000102"
                    + "01"
                    + "00000001"
                    + "78");
    Record<byte[], byte[]> record =
        new Record<>(bytes("host"), bytes("{}"), 0, new RecordHeaders().add("weir.origin", header));

    // When
    Origin origin = Origin.in(record.headers());

    // Then
    assertThat(origin.topic()).isEqualTo("metrics");
    assertThat(origin.partition()).isEqualTo(3);
    assertThat(origin.offset()).isEqualTo(258);
    assertThat(origin.key()).isEqualTo(bytes("x"));
    assertThat(origin.hasKey()).isTrue();
  }
}
