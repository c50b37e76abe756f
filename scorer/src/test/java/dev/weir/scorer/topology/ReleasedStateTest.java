package dev.weir.scorer.topology;

import static dev.weir.scorer.topology.ReleasedState.minutes;
import static dev.weir.scorer.topology.ReleasedState.record;
import static dev.weir.scorer.topology.TopologyFixture.NOW;
import static dev.weir.scorer.topology.TopologyFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertStatus;
import dev.weir.schemas.ComparedRecord;
import dev.weir.schemas.ScoredRecord;
import dev.weir.scorer.alert.DriftNotice;
import dev.weir.scorer.alert.ModelIdentity;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.config.DriftConfig;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.drift.DriftCounter;
import dev.weir.scorer.drift.DriftMonitor;
import dev.weir.scorer.drift.PiecewiseStore;
import dev.weir.scorer.inference.FeatureBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
    // Given what was counted, in which memory has drifted
    ScorerConfig config = ReleasedState.trialConfig();
    DriftConfig drift = config.drift();
    Map<String, byte[]> entries = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split(" ", -1);
      if (parts[0].equals(new Names("").driftWindows())) {
        Base64.Decoder decoder = Base64.getDecoder();
        entries.put(
            new String(decoder.decode(parts[1]), StandardCharsets.UTF_8), decoder.decode(parts[2]));
      }
    }
    DriftMonitor monitor = new DriftMonitor(config.applicationId(), drift);
    monitor.restore(new PiecewiseStore((name, value) -> {}, 1_000_000).restored(entries));

    // When it goes on as it was in the training
    ModelIdentity model = VerdictMaker.model(ReleasedState.TRIAL, config.alerts());
    DriftCounter counter = new DriftCounter(ReleasedState.TRIAL, model, drift, "0_0");
    List<DriftNotice> heard = new ArrayList<>();
    for (int minute = 180; minute < 400; minute++) {
      for (int i = 0; i < 20; i++) {
        FeatureBatch row = new FeatureBatch(1, 3, 3);
        float memory = (i + 0.5f) / 20;
        row.add(new float[] {0, 0, memory, 0, 0, memory, 0, 0, memory});
        Verdict verdict =
            new Verdict(model, 1, memory, false, false, List.of(), OptionalInt.empty());
        long millis = NOW.toEpochMilli() + minutes(minute);
        counter.count(row, 0, verdict, "metrics", 0, minute * 20L + i, millis);
      }
      heard.addAll(monitor.onCounts(counter.take().orElseThrow()));
    }

    // Then the alert that is open is closed, by its index and not by another model
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).status()).isEqualTo(AlertStatus.CLOSED);
    assertThat(heard.get(0).incidentId()).startsWith("weir-test:drift:");
    assertThat(heard.get(0).index()).isBetween(0.0, 0.25);
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
