package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.bundle.FeatureDistribution;
import dev.weir.model.bundle.Manifest;
import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.AlertStatus;
import dev.weir.schemas.FeatureContribution;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.drift.DriftReport;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.TinyManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drift in the production topology. The fake model's score is the first feature, {@code cpu}. */
class DriftTopologyTest {
  private static final long MINUTE = 60_000;

  /** In training cpu was uniform from 0 to 10 (as its scores are), memory from 0 to 1. */
  private static final Manifest MODEL = withDistributions(TinyManifest.ofThreeFeatures());

  @Test
  void shouldFindNoDriftWhereThereIsNone() {
    try (TopologyFixture fixture = fixture()) {
      new Source(fixture, 1).send(0, 600, 10, 1);

      assertThat(fixture.alerts().readValuesToList())
          .allSatisfy(alert -> assertThat(alert.getKind()).isEqualTo(AlertKind.ANOMALY));
      DriftReport report = lastReport(fixture);
      assertThat(report.drifting()).isFalse();
      assertThat(report.features()).containsOnlyKeys("cpu", "memory");
      assertThat(report.features().values()).allSatisfy(psi -> assertThat(psi).isLessThan(0.15));
      assertThat(report.probabilities()).isLessThan(0.15);
      assertThat(report.to() - report.from()).isEqualTo(120 * MINUTE);
      assertThat(report.records()).isEqualTo(240);
    }
  }

  @Test
  void shouldTellWhenAFeatureDriftsAndWhenItIsGone() {
    try (TopologyFixture fixture = fixture()) {
      // Given normal records, then five hours in which memory is half of what it was
      Source source = new Source(fixture, 2);
      source.send(0, 300, 10, 1);
      source.send(300, 600, 10, 0.5);

      // When they are as before
      source.send(600, 900, 10, 1);

      // Then
      List<Alert> alerts = drifts(fixture);
      assertThat(alerts)
          .extracting(Alert::getStatus, Alert::getKey, Alert::getModelName)
          .containsExactly(
              tuple(AlertStatus.OPENED, null, "tiny"), tuple(AlertStatus.CLOSED, null, "tiny"));
      Alert opened = alerts.get(0);
      assertThat(opened.getScore()).isGreaterThan(0.25);
      assertThat(opened.getThreshold()).isEqualTo(0.25);
      assertThat(opened.getProbability()).isNaN();
      assertThat(minutes(opened)).isBetween(310L, 420L);
      assertThat(opened.getSourceTopic()).isEqualTo("metrics");
      assertThat(opened.getSourceOffset()).isEqualTo(2 * minutes(opened) - 1);
      assertThat(opened.getContributions())
          .extracting(FeatureContribution::getFeature)
          .containsExactly("memory");
      assertThat(opened.getContributions().get(0).getActual()).isEqualTo(opened.getScore());
      assertThat(opened.getContributions().get(0).getShare()).isBetween(0.5, 1.0);
      assertThat(opened.getContributions().get(0).getActualText()).contains("% of the records: ");
      assertThat(alerts.get(1).getIncidentId()).isEqualTo(opened.getId());
      assertThat(alerts.get(1).getIncidentStart()).isEqualTo(opened.getIncidentStart());
      assertThat(minutes(alerts.get(1))).isBetween(660L, 760L);
    }
  }

  @Test
  void shouldTellOfScoresAloneWhereNothingIsKnownOfFeatures() {
    try (TopologyFixture fixture =
        new TopologyFixture(config("drift.lasting=10m"), TinyManifest.ofThreeFeatures())) {
      Source source = new Source(fixture, 3);
      source.send(0, 300, 10, 1);
      source.send(300, 500, 5, 1);

      List<Alert> alerts = drifts(fixture);
      assertThat(alerts).extracting(Alert::getStatus).containsExactly(AlertStatus.OPENED);
      assertThat(alerts.get(0).getContributions()).isEmpty();
      assertThat(lastReport(fixture).features()).isEmpty();
      assertThat(lastReport(fixture).probabilities()).isGreaterThan(0.25);
    }
  }

  @Test
  void shouldRaiseNoAlertBeforeTheWindowIsFullNorOfTooFewRecords() {
    try (TopologyFixture fixture = fixture()) {
      new Source(fixture, 4).send(0, 119, 10, 0.2);
      assertThat(drifts(fixture)).isEmpty();
      assertThat(lastReport(fixture).drifting()).isTrue();
    }
    try (TopologyFixture fixture = new TopologyFixture(config("drift.minRecords=241"), MODEL)) {
      new Source(fixture, 4).send(0, 600, 10, 0.2);
      assertThat(drifts(fixture)).isEmpty();
      assertThat(fixture.listener.drifts).isEmpty();
    }
  }

  @Test
  void shouldOnlyMeasureIfNoAlertIsWanted() {
    try (TopologyFixture fixture = new TopologyFixture(config("drift.alert=false"), MODEL)) {
      new Source(fixture, 4).send(0, 400, 10, 0.2);

      assertThat(drifts(fixture)).isEmpty();
      assertThat(lastReport(fixture).drifting()).isTrue();
    }
  }

  @Test
  void shouldMeasureTheRateOfAlarmsOfTheWindow() {
    try (TopologyFixture fixture = fixture()) {
      for (int minute = 0; minute < 300; minute++) {
        fixture.pipeAt(minute * MINUTE, "a", "{\"cpu\": " + (minute % 5 == 0 ? 99 : 5) + "}");
        fixture.pipeAt(minute * MINUTE, "b", "{\"cpu\": 5}");
      }

      assertThat(lastReport(fixture).alarmRate()).isCloseTo(0.1, within(1e-9));
    }
  }

  @Test
  void shouldCloseAndBeginAnewUnderAnotherModel() {
    try (TopologyFixture fixture = fixture()) {
      // Given
      Source source = new Source(fixture, 5);
      source.send(0, 300, 10, 0.2);
      assertThat(drifts(fixture)).extracting(Alert::getStatus).containsExactly(AlertStatus.OPENED);
      assertThat(fixture.listener.open).isEqualTo(Map.of(AlertKind.DRIFT, 1));

      // When another model takes over, and the first one comes back
      fixture.models.replace(withDistributions(TinyManifest.of(MODEL.features(), "1".repeat(64))));
      source.send(300, 350, 10, 0.2);
      assertThat(drifts(fixture)).extracting(Alert::getStatus).containsExactly(AlertStatus.CLOSED);
      assertThat(fixture.listener.open).isEqualTo(Map.of(AlertKind.DRIFT, 0));
      fixture.models.replace(MODEL);
      source.send(350, 600, 10, 0.2);

      // Then
      List<Alert> alerts = drifts(fixture);
      assertThat(alerts).extracting(Alert::getStatus).containsExactly(AlertStatus.OPENED);
      assertThat(minutes(alerts.get(0))).isBetween(470L, 490L);
    }
  }

  /** Records are scored whatever drift says: only the counts that cannot be read are left out. */
  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "{}", "\u0001", "\u0001\u0000\u0001x"})
  void shouldGoOnWithoutCountsThatAreDamaged(String counted) {
    try (TopologyFixture fixture = fixture()) {
      Source source = new Source(fixture, 2);
      source.send(0, 300, 10, 1);
      fixture.pipeInto("weir-test-drift-repartition", "0_0", counted);
      source.send(300, 600, 10, 0.5);

      assertThat(fixture.listener.unpublished).containsExactly(Unpublished.STATE_DAMAGED);
      assertThat(drifts(fixture)).extracting(Alert::getStatus).containsExactly(AlertStatus.OPENED);
      assertThat(lastReport(fixture).records()).isEqualTo(240);
    }
  }

  @Test
  void shouldBeginAnewIfWhatItHasKeptIsDamaged() {
    try (TopologyFixture fixture = fixture()) {
      // Given
      Source source = new Source(fixture, 2);
      source.send(0, 300, 10, 0.5);
      assertThat(fixture.listener.open).isEqualTo(Map.of(AlertKind.DRIFT, 1));
      fixture
          .driver
          .<Bytes, byte[]>getKeyValueStore(new Names("").driftWindows())
          .put(Bytes.wrap(TopologyFixture.bytes("state")), TopologyFixture.bytes("{"));

      // When
      fixture.resume();
      assertThat(fixture.listener.unpublished).containsExactly(Unpublished.STATE_DAMAGED);
      assertThat(fixture.listener.open).isEqualTo(Map.of(AlertKind.DRIFT, 0));
      source.send(300, 500, 10, 0.5);

      // Then it is told of again, after a whole window
      List<Alert> alerts = drifts(fixture);
      assertThat(alerts)
          .extracting(Alert::getStatus)
          .containsExactly(AlertStatus.OPENED, AlertStatus.OPENED);
      assertThat(minutes(alerts.get(1))).isBetween(420L, 440L);
    }
  }

  @Test
  void shouldGiveTheSameAlertsAtEachReplay() {
    assertThat(replay("batch.maxRows=1")).isEqualTo(replay("batch.maxRows=500")).hasSize(2);
  }

  private static List<String> replay(String setting) {
    try (TopologyFixture fixture =
        new TopologyFixture(config("drift.lasting=20m", setting), MODEL)) {
      Source source = new Source(fixture, 6);
      source.send(0, 300, 10, 1);
      source.send(300, 500, 10, 0.5);
      source.send(500, 800, 10, 1);
      return drifts(fixture).stream().map(Alert::toString).toList();
    }
  }

  @Test
  void shouldSendAndKeepNothingThatIsTooLargeForKafka() {
    // Given room for a tenth of the reference, and for less than a slice
    try (TopologyFixture plain =
            new TopologyFixture(config("drift.bins=20", "batch.maxRows=500"), MODEL);
        TopologyFixture narrow =
            new TopologyFixture(
                config("drift.bins=20", "batch.maxRows=500", "kafka.max.request.size=900"),
                MODEL)) {
      // When
      for (TopologyFixture fixture : List.of(plain, narrow)) {
        Source source = new Source(fixture, 6);
        source.send(0, 150, 10, 1);
        source.send(150, 250, 10, 0.5);
      }

      // Then
      assertThat(largest(plain)).isGreaterThan(1_500);
      assertThat(largest(narrow)).isBetween(300, 900 - 512);
      assertThat(lastReport(narrow)).isEqualTo(lastReport(plain));
      assertThat(narrow.listener.drifts).isEqualTo(plain.listener.drifts);
    }
  }

  /** What of all that was sent is the largest, key and value. */
  private static int largest(TopologyFixture fixture) {
    int largest = 0;
    for (String topic : fixture.driver.producedTopicNames()) {
      for (TestRecord<byte[], byte[]> sent :
          fixture
              .driver
              .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readRecordsToList()) {
        largest =
            Math.max(
                largest,
                (sent.key() == null ? 0 : sent.key().length)
                    + (sent.value() == null ? 0 : sent.value().length));
      }
    }
    return largest;
  }

  /** Two records a minute. */
  private static final class Source {
    private final TopologyFixture fixture;
    private final Random random;

    Source(TopologyFixture fixture, long seed) {
      this.fixture = fixture;
      random = new Random(seed);
    }

    void send(int from, int to, double cpu, double memory) {
      for (int minute = from; minute < to; minute++) {
        for (String key : List.of("a", "b")) {
          fixture.pipeAt(
              minute * MINUTE,
              key,
              "{\"cpu\": "
                  + random.nextDouble() * cpu
                  + ", \"memory\": "
                  + random.nextDouble() * memory
                  + "}");
        }
      }
    }
  }

  private static DriftReport lastReport(TopologyFixture fixture) {
    List<Optional<DriftReport>> all = fixture.listener.drifts;
    return all.get(all.size() - 1).orElseThrow();
  }

  private static List<Alert> drifts(TopologyFixture fixture) {
    return fixture.alerts().readValuesToList().stream()
        .filter(alert -> alert.getKind() == AlertKind.DRIFT)
        .toList();
  }

  private static long minutes(Alert alert) {
    return Duration.between(TopologyFixture.NOW, alert.getEventTime()).toMinutes();
  }

  private static TopologyFixture fixture() {
    return new TopologyFixture(config("drift.lasting=10m"), MODEL);
  }

  private static ScorerConfig config(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "drift.window=2h", "drift.bins=5", "drift.minRecords=100", "drift.lasting=10m"));
    all.addAll(List.of(settings));
    return Configs.of(all);
  }

  private static Manifest withDistributions(Manifest plain) {
    return new Manifest(
        plain.formatVersion(),
        plain.name(),
        plain.version(),
        plain.family(),
        plain.window(),
        plain.maxGapMillis(),
        plain.features(),
        plain.calibration(),
        plain.threshold(),
        plain.provenance(),
        plain.modelSha256(),
        null,
        List.of(uniform("cpu", 10), uniform("memory", 1)));
  }

  private static FeatureDistribution uniform(String feature, float to) {
    return new FeatureDistribution(
        feature,
        IntStream.range(1, 20).mapToObj(i -> i * to / 20).toList(),
        Collections.nCopies(20, 500L),
        0);
  }
}
