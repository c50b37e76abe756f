package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.AlertStatus;
import dev.weir.scorer.fixture.Configs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Incidents and silence in the production topology. */
class IncidentTopologyTest {
  private static final String ANOMALOUS = "{\"cpu\": 20}";
  private static final String WORSE = "{\"cpu\": 30}";
  private static final String NORMAL = "{\"cpu\": 2}";
  private static final long MINUTE = 60_000;

  @Test
  void shouldTellTheStoryOfAnIncident() {
    try (TopologyFixture fixture =
        fixture("incidents.openAfter=2", "incidents.closeAfter=10m", "incidents.updateEvery=3m")) {
      // When one host is in trouble and another is not
      for (int minute = 0; minute < 20; minute++) {
        String bad = minute == 5 ? WORSE : ANOMALOUS;
        fixture.pipeAt(minute * MINUTE, "sick", minute < 6 ? bad : NORMAL);
        fixture.pipeAt(minute * MINUTE, "well", minute == 3 ? ANOMALOUS : NORMAL);
      }

      // Then
      List<TestRecord<byte[], Alert>> alerts = fixture.alerts().readRecordsToList();
      assertThat(alerts)
          .extracting(
              record -> record.value().getKey(),
              record -> record.value().getStatus(),
              record -> record.value().getScore(),
              record -> record.value().getAnomalousRecords(),
              record -> minutes(record.value()))
          .containsExactly(
              tuple("sick", AlertStatus.OPENED, 20.0, 2L, 1L),
              tuple("sick", AlertStatus.UPDATED, 20.0, 5L, 4L),
              tuple("sick", AlertStatus.CLOSED, 30.0, 6L, 15L));
      assertThat(alerts)
          .extracting(record -> record.value().getIncidentId())
          .containsOnly("weir-test:metrics:0:2");
      assertThat(alerts.get(2).key()).isEqualTo(TopologyFixture.bytes("sick"));
      assertThat(alerts.get(2).value().getContributions()).isNotEmpty();
      assertThat(alerts.get(2).value().getIncidentStart())
          .isEqualTo(TopologyFixture.NOW.plusMillis(MINUTE));
    }
  }

  @Test
  void shouldCloseAnIncidentThoughItsKeySendsNothingMore() {
    try (TopologyFixture fixture = fixture("incidents.openAfter=1", "incidents.closeAfter=10m")) {
      fixture.pipeAt(0, "sick", ANOMALOUS);
      fixture.pipeAt(11 * MINUTE, "well", NORMAL);

      assertThat(fixture.alerts().readValuesToList())
          .extracting(Alert::getStatus)
          .containsExactly(AlertStatus.OPENED, AlertStatus.CLOSED);
    }
  }

  @Test
  void shouldNoticeAKeyThatFallsSilentAmongOthers() {
    try (TopologyFixture fixture = fixture("silence.after=5m")) {
      // When
      fixture.pipeAt(0, "gone", NORMAL);
      for (int minute = 0; minute <= 8; minute++) {
        fixture.pipeAt(minute * MINUTE, "here", NORMAL);
      }
      fixture.pipeAt(9 * MINUTE, "gone", NORMAL);

      // Then
      List<Alert> alerts = fixture.alerts().readValuesToList();
      assertThat(alerts)
          .extracting(Alert::getKey, Alert::getKind, Alert::getStatus, Alert::getScore)
          .containsExactly(
              tuple("gone", AlertKind.SILENCE, AlertStatus.OPENED, 300.0),
              tuple("gone", AlertKind.SILENCE, AlertStatus.CLOSED, 540.0));
      assertThat(alerts.get(0).getProbability()).isNaN();
      assertThat(alerts.get(0).getThreshold()).isEqualTo(300);
      assertThat(alerts.get(0).getEventTime())
          .isEqualTo(TopologyFixture.NOW.plusMillis(5 * MINUTE));
    }
  }

  /** A clock that is wrong, or a device that hands in what it has collected. */
  @Test
  void shouldTakeAKeyWhoseTimesAreBehindForOneThatSends() {
    try (TopologyFixture fixture =
        fixture("silence.after=5m", "incidents.openAfter=1", "incidents.closeAfter=10m")) {
      // When
      for (int minute = 60; minute <= 90; minute++) {
        fixture.pipeAt(minute * MINUTE, "here", NORMAL);
        fixture.pipeAt((minute - 20) * MINUTE, "behind", minute == 70 ? ANOMALOUS : NORMAL);
      }

      // Then it is not silent, and its incident is as long as it would be
      List<Alert> alerts = fixture.alerts().readValuesToList();
      assertThat(alerts).extracting(Alert::getKey).containsOnly("behind");
      assertThat(alerts)
          .extracting(Alert::getStatus)
          .containsExactly(AlertStatus.OPENED, AlertStatus.CLOSED);
      assertThat(minutes(alerts.get(1))).isEqualTo(80);
    }
  }

  @Test
  void shouldGoOnWithoutWhatItCannotRead() {
    try (TopologyFixture fixture = fixture("silence.after=5m", "state.cachedKeys=1")) {
      // Given
      fixture.pipeAt(0, "a", NORMAL);
      fixture.pipeAt(0, "b", NORMAL);
      KeyValueStore<Bytes, byte[]> store =
          fixture.driver.getKeyValueStore(new Names("").keyWatches());
      List<Bytes> keys = new ArrayList<>();
      try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
        all.forEachRemaining(entry -> keys.add(entry.key));
      }
      keys.forEach(key -> store.put(key, new byte[] {1, 2}));

      // When
      fixture.pipeAt(MINUTE, "a", NORMAL);
      fixture.pipeAt(7 * MINUTE, "b", NORMAL);

      // Then
      assertThat(fixture.alerts().readValuesToList())
          .extracting(Alert::getKey)
          .containsExactly("a");
    }
  }

  @Test
  void shouldForgetKeysThatHaveBeenSilentForLong() {
    try (TopologyFixture fixture = fixture("silence.after=5m", "state.retention=1h")) {
      // Given
      for (int key = 0; key < 20; key++) {
        fixture.pipeAt(0, "gone" + key, NORMAL);
      }

      // When
      for (int minute = 0; minute <= 120; minute += 4) {
        fixture.pipeAt(minute * MINUTE, "here", NORMAL);
      }

      // Then
      assertThat(fixture.alerts().readValuesToList())
          .extracting(Alert::getStatus)
          .hasSize(20)
          .containsOnly(AlertStatus.OPENED);
      List<Object> keys = new ArrayList<>();
      try (var all = fixture.driver.getKeyValueStore(new Names("").keyWatches()).all()) {
        all.forEachRemaining(entry -> keys.add(entry.key));
      }
      assertThat(keys).hasSize(1);
    }
  }

  @Test
  void shouldNotForgetAKeyWhoseSilenceIsStillToBeToldOf() {
    try (TopologyFixture fixture = fixture("silence.after=2h", "state.retention=1h")) {
      // Given
      fixture.pipeAt(0, "gone", NORMAL);

      // When
      for (int minute = 0; minute <= 240; minute += 4) {
        fixture.pipeAt(minute * MINUTE, "here", NORMAL);
      }

      // Then
      assertThat(fixture.alerts().readValuesToList())
          .extracting(Alert::getKey, Alert::getStatus)
          .containsExactly(tuple("gone", AlertStatus.OPENED));
    }
  }

  @Test
  void shouldNoticeATopicThatFallsSilentByTheClock() {
    try (TopologyFixture fixture = fixture("silence.after=5m")) {
      // Given
      fixture.pipeAt(0, "a", NORMAL);
      fixture.pipeAt(MINUTE, "b", NORMAL);

      // When the clock goes on, and no record comes
      for (int second = 0; second < 238; second++) {
        fixture.driver.advanceWallClockTime(Duration.ofSeconds(1));
      }
      assertThat(fixture.alerts().isEmpty()).isTrue();
      for (int second = 0; second < 90; second++) {
        fixture.driver.advanceWallClockTime(Duration.ofSeconds(1));
      }

      // Then
      assertThat(fixture.alerts().readValuesToList())
          .extracting(Alert::getKey, Alert::getStatus)
          .containsExactly(tuple("a", AlertStatus.OPENED), tuple("b", AlertStatus.OPENED));
    }
  }

  @Test
  void shouldGiveTheSameAlertsAtEachReplay() {
    List<String> first = replay("topFeatures=5");

    // Also if only some of the keys are held as objects.
    assertThat(replay("state.cachedKeys=1")).isEqualTo(first).hasSizeGreaterThan(20);
  }

  /** Records that got another key come from partitions that are read at paces of their own. */
  @Test
  void shouldNotTakeAKeyForSilentWhosePartitionIsReadLater() {
    List<String> evenly = keyed(1);

    assertThat(keyed(60)).containsExactlyInAnyOrderElementsOf(evenly);
    assertThat(keyed(7)).containsExactlyInAnyOrderElementsOf(evenly);
    assertThat(evenly).hasSize(5);
  }

  /** The alerts on two topics' records, of which so many minutes are read at a time. */
  private static List<String> keyed(int ahead) {
    try (TopologyFixture fixture =
        new TopologyFixture(
            Configs.of(
                "input.topic=",
                "input.topics=[first, second]",
                "input.keyField=host",
                "output.alerts=metrics-alerts",
                "output.deadLetter=metrics-dlq",
                "alerts.silence.after=5m",
                "alerts.incidents.openAfter=1",
                "alerts.incidents.closeAfter=10m"))) {
      for (int from = 0; from < 60; from += ahead) {
        for (String topic : List.of("first", "second")) {
          for (int minute = from; minute < Math.min(60, from + ahead); minute++) {
            keyed(fixture, topic, "steady", minute, 2);
            if (topic.equals("second") && minute % 30 < 12) {
              keyed(fixture, topic, "coming and going", minute, minute == 2 ? 20 : 2);
            }
          }
        }
      }
      return fixture.alerts().readValuesToList().stream()
          .map(
              alert ->
                  alert.getKey()
                      + " "
                      + alert.getStatus()
                      + " "
                      + minutes(alert)
                      + " "
                      + alert.getId())
          .toList();
    }
  }

  private static void keyed(
      TopologyFixture fixture, String topic, String host, int minute, int cpu) {
    fixture.pipeIntoAt(
        topic, minute * MINUTE, null, "{\"host\": \"" + host + "\", \"cpu\": " + cpu + "}");
  }

  /** A host that is taken away on purpose. */
  @Test
  void shouldForgetAKeyAtItsTombstone() {
    try (TopologyFixture fixture =
        fixture("silence.after=5m", "incidents.openAfter=1", "incidents.closeAfter=1h")) {
      // Given keys that are well, in trouble, and silent; the batch is not full
      fixture.pipeAt(0, "silent", NORMAL);
      fixture.pipeAt(6 * MINUTE, "well", NORMAL);
      fixture.pipeAt(6 * MINUTE, "sick", ANOMALOUS);

      // When they are no more
      for (String key : List.of("silent", "well", "sick", "unknown")) {
        tombstone(fixture, key, 7);
      }
      fixture.pipeAt(60 * MINUTE, "other", NORMAL);

      // Then what was open is closed, and nobody misses them
      assertThat(fixture.alerts().readValuesToList())
          .extracting(Alert::getKey, Alert::getKind, Alert::getStatus)
          .containsExactly(
              tuple("silent", AlertKind.SILENCE, AlertStatus.OPENED),
              tuple("sick", AlertKind.ANOMALY, AlertStatus.OPENED),
              tuple("silent", AlertKind.SILENCE, AlertStatus.CLOSED),
              tuple("sick", AlertKind.ANOMALY, AlertStatus.CLOSED));
      try (var all = fixture.driver.getKeyValueStore(new Names("").keyWatches()).all()) {
        assertThat(all).toIterable().hasSize(1);
      }
      assertThat(fixture.listener.tombstones).hasValue(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "rocksdb"})
  void shouldSayHowManyIncidentsAndSilencesAreOpen(String store) {
    TopologyFixture fixture =
        fixture(
            "silence.after=30m",
            "incidents.openAfter=1",
            "incidents.closeAfter=10m",
            "state.store=" + store,
            "state.cachedKeys=2",
            "state.retention=2h");
    Map<AlertKind, Integer> open = fixture.listener.open;
    try (fixture) {
      // When three are in trouble, one for longer
      for (String key : List.of("a", "b", "c", "well")) {
        fixture.pipeAt(0, key, key.equals("well") ? NORMAL : ANOMALOUS);
      }
      assertThat(open).isEqualTo(Map.of(AlertKind.ANOMALY, 3));
      fixture.pipeAt(8 * MINUTE, "a", ANOMALOUS);
      fixture.pipeAt(9 * MINUTE, "b", NORMAL);
      fixture.pipeAt(11 * MINUTE, "well", NORMAL);
      assertThat(open).isEqualTo(Map.of(AlertKind.ANOMALY, 1));

      // And when one is no more, and two fall silent
      tombstone(fixture, "a", 12);
      assertThat(open).isEqualTo(Map.of(AlertKind.ANOMALY, 0));
      for (int minute = 12; minute <= 60; minute++) {
        fixture.pipeAt(minute * MINUTE, "well", NORMAL);
      }
      assertThat(open).isEqualTo(Map.of(AlertKind.ANOMALY, 0, AlertKind.SILENCE, 2));

      // And when one of these is back and in trouble at once, and the other is forgotten
      fixture.pipeAt(61 * MINUTE, "b", ANOMALOUS);
      assertThat(open).isEqualTo(Map.of(AlertKind.ANOMALY, 1, AlertKind.SILENCE, 1));
      for (int minute = 62; minute <= 200; minute++) {
        fixture.pipeAt(minute * MINUTE, "well", NORMAL);
        fixture.pipeAt(minute * MINUTE, "b", ANOMALOUS);
      }
      assertThat(open).isEqualTo(Map.of(AlertKind.ANOMALY, 1, AlertKind.SILENCE, 0));
    }

    // Then none is left where the task was
    assertThat(open).isEqualTo(Map.of(AlertKind.ANOMALY, 0, AlertKind.SILENCE, 0));
  }

  private static void tombstone(TopologyFixture fixture, String key, int minute) {
    fixture.pipe(
        TopologyFixture.bytes(key),
        null,
        TopologyFixture.NOW.plusMillis(minute * MINUTE),
        new RecordHeaders());
  }

  @Test
  void shouldWatchOnlySoManyKeys() {
    try (TopologyFixture fixture = fixture("silence.after=5m", "silence.maxKeys=2")) {
      for (String key : List.of("a", "b", "c", "c")) {
        fixture.pipeAt(0, key, NORMAL);
      }
      fixture.pipeAt(6 * MINUTE, "d", NORMAL);
      fixture.pipeAt(6 * MINUTE, "c", NORMAL);
      fixture.pipeAt(12 * MINUTE, "e", NORMAL);

      // Then one that is not watched is missed when it is back, and watched when there is room
      assertThat(fixture.alerts().readValuesToList())
          .extracting(Alert::getKey, Alert::getStatus)
          .containsExactly(
              tuple("a", AlertStatus.OPENED),
              tuple("b", AlertStatus.OPENED),
              tuple("c", AlertStatus.OPENED),
              tuple("c", AlertStatus.CLOSED),
              tuple("c", AlertStatus.OPENED));
      assertThat(fixture.listener.unwatched).hasValue(3);
    }
  }

  /** A producer whose clock, or whose unit of time, is wrong. */
  @Test
  void shouldNotFollowARecordIntoTheFuture() {
    try (TopologyFixture fixture = fixture("silence.after=5m")) {
      // Given
      fixture.clock.set(TopologyFixture.NOW.plusMillis(10 * MINUTE).toEpochMilli());
      for (int minute = 0; minute < 10; minute++) {
        fixture.pipeAt(minute * MINUTE, "a", NORMAL);
        fixture.pipeAt(minute * MINUTE, "b", NORMAL);
      }

      // When
      long years = Duration.ofDays(50_000).toMillis();
      fixture.pipeAt(years, "ahead", ANOMALOUS);
      fixture.pipeAt(11 * MINUTE, "a", NORMAL);
      fixture.pipeAt(15 * MINUTE, "a", NORMAL);

      // Then it is scored, and says when it was; others are silent when they are
      List<TestRecord<byte[], Alert>> alerts = fixture.alerts().readRecordsToList();
      assertThat(alerts)
          .extracting(record -> record.value().getKey(), record -> record.value().getKind())
          .containsExactly(
              tuple("ahead", AlertKind.ANOMALY),
              tuple("b", AlertKind.SILENCE),
              tuple("ahead", AlertKind.SILENCE));
      assertThat(alerts.get(0).value().getEventTime())
          .isEqualTo(TopologyFixture.NOW.plusMillis(years));
      assertThat(alerts.get(0).timestamp())
          .isEqualTo(TopologyFixture.NOW.plusMillis(9 * MINUTE).toEpochMilli());
      assertThat(alerts.get(1).value().getScore()).isEqualTo(300.0);
      assertThat(fixture.listener.fromFuture).hasValue(1);
    }
  }

  @Test
  void shouldTakeTimesAheadOfTheClockAsTheyAreWithinTheTolerance() {
    try (TopologyFixture fixture =
        new TopologyFixture(
            Configs.of("input.clockTolerance=2h", "output.scored=scores", "input.keyField=host"))) {
      fixture.clock.set(TopologyFixture.NOW.toEpochMilli());
      for (long minute : new long[] {120, 121}) {
        fixture.pipeAt(minute * MINUTE, null, "{\"host\": \"a\", \"cpu\": 1}");
      }
      fixture.pipeAt(121 * MINUTE, null, "{\"cpu\": 1}");

      var scored = fixture.scored("scores").readRecordsToList();
      assertThat(scored)
          .extracting(
              record -> Duration.between(TopologyFixture.NOW, record.value().getEventTime()))
          .containsExactly(Duration.ofMinutes(120), Duration.ofMinutes(121));
      assertThat(scored)
          .extracting(TestRecord::timestamp)
          .containsOnly(TopologyFixture.NOW.plusMillis(120 * MINUTE).toEpochMilli());
      assertThat(fixture.listener.fromFuture).hasValue(2);
      assertThat(fixture.deadLetters().readRecord().headers().toArray())
          .extracting(header -> header.key())
          .contains("weir.error.reason")
          .doesNotContain("weir.event.time", "weir.origin");
    }
  }

  private static List<String> replay(String setting) {
    try (TopologyFixture fixture =
        fixture(
            setting,
            "incidents.openAfter=2",
            "incidents.closeAfter=3m",
            "incidents.cooldown=2m",
            "silence.after=4m")) {
      Random random = new Random(5);
      long time = 0;
      for (int i = 0; i < 1_000; i++) {
        time += random.nextInt(10_000);
        String key = "k" + random.nextInt(i % 300 < 150 ? 8 : 4);
        fixture.pipeAt(time, key, random.nextInt(4) == 0 ? ANOMALOUS : NORMAL);
      }
      return fixture.alerts().readValuesToList().stream().map(Alert::toString).toList();
    }
  }

  private static long minutes(Alert alert) {
    return Duration.between(TopologyFixture.NOW, alert.getEventTime()).toMinutes();
  }

  private static TopologyFixture fixture(String... settings) {
    String[] all = new String[settings.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = settings[i].startsWith("state") ? settings[i] : "alerts." + settings[i];
    }
    return new TopologyFixture(Configs.of(all));
  }
}
