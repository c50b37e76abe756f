package dev.weir.scorer.topology;

import static dev.weir.scorer.topology.ReleasedState.minutes;
import static dev.weir.scorer.topology.ReleasedState.record;
import static dev.weir.scorer.topology.TopologyFixture.NOW;
import static dev.weir.scorer.topology.TopologyFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertStatus;
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
    try (Stream<Path> files = Files.list(ReleasedState.FOLDER)) {
      return files.filter(file -> file.getFileName().toString().startsWith("state-")).toList();
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

  @Test
  void shouldHaveAReleasedVersion() throws IOException {
    assertThat(released()).isNotEmpty();
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
