package dev.weir.scorer.topology;

import static dev.weir.scorer.topology.TopologyFixture.NOW;
import static dev.weir.scorer.topology.TopologyFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.feature.Transform;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.RejectReason;
import dev.weir.schemas.ScoredRecord;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.TinyManifest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of keys. The fake model's score is the newest row's first feature. */
class KeyedStateTest {
  /** The score is the difference to the key's record before. */
  private static final Manifest DIFFERENCE =
      TinyManifest.of(
          new FeatureSpec(
              List.of(
                  new Feature(
                      "cpu.difference",
                      FieldPath.parse("cpu"),
                      FeatureType.NUMERIC,
                      Transform.DIFFERENCE,
                      null,
                      null),
                  Feature.numeric("cpu"))),
          "0".repeat(64));

  @ParameterizedTest
  @ValueSource(strings = {"memory", "rocksdb"})
  void shouldRememberEachKeyByItself(String store) {
    try (TopologyFixture fixture = difference("state.store=" + store)) {
      // When
      fixture.pipe("a", "{\"cpu\": 1}");
      fixture.pipe("b", "{\"cpu\": 10}");
      fixture.pipe("a", "{\"cpu\": 3}");
      fixture.pipe(null, "{\"cpu\": 100}");
      fixture.pipe("b", "{\"cpu\": 15}");
      fixture.pipe(null, "{\"cpu\": 107}");

      // Then
      assertThat(scores(fixture)).containsExactly("NaN", "NaN", "2.0", "NaN", "5.0", "7.0");
    }
  }

  @Test
  void shouldRememberMoreKeysThanItHoldsReady() {
    try (TopologyFixture fixture = difference("state.cachedKeys=1", "batch.maxRows=1000")) {
      for (int round = 0; round < 3; round++) {
        for (int key = 0; key < 5; key++) {
          fixture.pipe("k" + key, "{\"cpu\": " + round * (key + 1) + "}");
        }
      }

      assertThat(scores(fixture).subList(5, 15))
          .containsExactly("1.0", "2.0", "3.0", "4.0", "5.0", "1.0", "2.0", "3.0", "4.0", "5.0");
    }
  }

  @Test
  void shouldSayWhatIsWarmingUpAndRaiseNoAlertOnIt() {
    Manifest windows =
        TinyManifest.of(FeatureSpec.numeric(List.of("cpu", "memory")), 3, "0".repeat(64));
    try (TopologyFixture fixture =
        new TopologyFixture(Configs.of("output.scored=scores"), windows)) {
      // When scores that are all over the threshold
      for (int i = 0; i < 4; i++) {
        fixture.pipe("a", "{\"cpu\": " + (50 + i) + "}");
      }
      fixture.pipe("b", "{\"cpu\": 60}");

      // Then
      assertThat(fixture.scored("scores").readValuesToList())
          .extracting(
              ScoredRecord::getScore, ScoredRecord::getWarmingUp, ScoredRecord::getAnomalous)
          .containsExactly(
              tuple(50.0, true, false),
              tuple(51.0, true, false),
              tuple(52.0, false, true),
              tuple(53.0, false, true),
              tuple(60.0, true, false));
      assertThat(fixture.alerts().readValuesToList()).hasSize(2);
      assertThat(fixture.listener.warmingUp).containsExactly(true, true, false, false, true);
    }
  }

  @Test
  void shouldForgetAKeyAtItsTombstone() {
    try (TopologyFixture fixture = difference()) {
      // Given
      fixture.pipe("a", "{\"cpu\": 1}");
      fixture.pipe("b", "{\"cpu\": 1}");

      // When
      fixture.pipe(bytes("a"), null, NOW, new RecordHeaders());
      fixture.pipe("a", "{\"cpu\": 9}");
      fixture.pipe("b", "{\"cpu\": 9}");

      // Then
      assertThat(scores(fixture)).containsExactly("NaN", "NaN", "NaN", "8.0");
      assertThat(fixture.listener.tombstones).hasValue(1);
      assertThat(fixture.deadLetters().isEmpty()).isTrue();
    }
  }

  @Test
  void shouldBeginAnewAfterALongSilence() {
    try (TopologyFixture fixture = difference("state.retention=1h")) {
      fixture.pipeAt(0, "a", "{\"cpu\": 1}");
      fixture.pipeAt(3_600_000, "a", "{\"cpu\": 2}");
      fixture.pipeAt(7_200_001, "a", "{\"cpu\": 4}");

      assertThat(scores(fixture)).containsExactly("NaN", "1.0", "NaN");
    }
  }

  @Test
  void shouldBeginAnewAfterTheGapThatTheModelWasTrainedWith() {
    Manifest trained =
        TinyManifest.of(DIFFERENCE.features(), 1, Duration.ofMinutes(5).toMillis(), "0".repeat(64));
    try (TopologyFixture fixture =
        new TopologyFixture(Configs.of("output.scored=scores"), trained)) {
      fixture.pipeAt(0, "a", "{\"cpu\": 1}");
      fixture.pipeAt(300_000, "a", "{\"cpu\": 2}");
      fixture.pipeAt(600_001, "a", "{\"cpu\": 4}");

      assertThat(scores(fixture)).containsExactly("NaN", "1.0", "NaN");
    }
  }

  @Test
  void shouldNotKeepKeysThatHaveGone() {
    try (TopologyFixture fixture = difference("state.retention=1h", "state.cachedKeys=1")) {
      // Given
      for (int key = 0; key < 20; key++) {
        fixture.pipeAt(0, "gone" + key, "{\"cpu\": 1}");
      }
      assertThat(keys(fixture)).hasSize(20);

      // When time goes on with another key
      for (int minute = 0; minute <= 120; minute += 10) {
        fixture.pipeAt(minute * 60_000L, "here", "{\"cpu\": 1}");
      }

      // Then
      assertThat(keys(fixture)).hasSize(1);
    }
  }

  @Test
  void shouldBeginAnewUnderAModelThatRemembersOtherThings() {
    try (TopologyFixture fixture = difference()) {
      // Given
      fixture.pipe("a", "{\"cpu\": 1}");
      fixture.pipe("a", "{\"cpu\": 2}");

      // When
      fixture.models.replace(
          TinyManifest.of(FeatureSpec.numeric(List.of("cpu")), 2, "0".repeat(64)));
      fixture.pipe("a", "{\"cpu\": 3}");
      fixture.pipe("a", "{\"cpu\": 4}");

      // Then
      assertThat(fixture.listener.warmingUp).containsExactly(false, false, true, false);
      assertThat(scores(fixture)).containsExactly("NaN", "1.0", "3.0", "4.0");
    }
  }

  @Test
  void shouldGoOnUnderAModelThatRemembersTheSame() {
    try (TopologyFixture fixture = difference()) {
      fixture.pipe("a", "{\"cpu\": 1}");

      fixture.models.replace(DIFFERENCE);
      fixture.pipe("a", "{\"cpu\": 5}");

      assertThat(scores(fixture)).containsExactly("NaN", "4.0");
      assertThat(fixture.models.open()).isEqualTo(1);
    }
  }

  @Test
  void shouldTellRecordsApartByAField() {
    try (TopologyFixture fixture = difference("input.keyField=host.name")) {
      // When
      fixture.pipe("x", "{\"cpu\": 1, \"host\": {\"name\": \"a\"}}");
      fixture.pipe("x", "{\"cpu\": 10, \"host\": {\"name\": \"b\"}}");
      fixture.pipe("y", "{\"cpu\": 3, \"host\": {\"name\": \"a\"}}");
      fixture.pipe("y", "{\"cpu\": 60, \"host\": {\"name\": 7}}");

      // Then
      List<TestRecord<byte[], ScoredRecord>> scored = fixture.scored("scores").readRecordsToList();
      assertThat(scored)
          .extracting(record -> record.value().getKey(), record -> record.value().getScore())
          .containsExactly(
              tuple("a", Double.NaN),
              tuple("b", Double.NaN),
              tuple("a", 2.0),
              tuple("7", Double.NaN));
      assertThat(scored)
          .extracting(
              record -> record.value().getSourceTopic(), record -> record.value().getSourceOffset())
          .containsExactly(
              tuple("metrics", 0L),
              tuple("metrics", 1L),
              tuple("metrics", 2L),
              tuple("metrics", 3L));
    }
  }

  @Test
  void shouldRejectWithItsOwnKeyAndPlaceWhatHasNoKeyField() {
    try (TopologyFixture fixture = difference("input.keyField=host")) {
      // When
      fixture.pipe("x", "{\"cpu\": 1, \"host\": \"a\"}");
      fixture.pipe("x", "{\"cpu\": 1}");
      fixture.pipe("x", "broken");
      fixture.pipe(bytes("x"), null, NOW, new RecordHeaders());

      // Then
      List<TestRecord<byte[], byte[]>> letters = fixture.deadLetters().readRecordsToList();
      assertThat(letters)
          .extracting(TestRecord::key, TestRecord::value)
          .containsExactly(
              tuple(bytes("x"), bytes("{\"cpu\": 1}")), tuple(bytes("x"), bytes("broken")));
      assertThat(letters)
          .extracting(letter -> header(letter, "weir.source.offset"))
          .containsExactly("1", "2");
      assertThat(letters).allSatisfy(l -> assertThat(header(l, "weir.origin")).isNull());
      assertThat(fixture.listener.rejections)
          .containsExactly(RejectReason.NO_KEY, RejectReason.MALFORMED);
      assertThat(fixture.listener.tombstones).hasValue(1);
    }
  }

  @Test
  void shouldRejectWhatHasNeitherAKeyNorTheKeyField() {
    try (TopologyFixture fixture = difference("input.keyField=host")) {
      fixture.pipe(null, "{\"cpu\": 1}");
      fixture.pipe(null, "broken");
      fixture.pipe(null, null, NOW, new RecordHeaders());
      fixture.pipe(null, "{\"cpu\": 1, \"host\": \"a\"}");

      assertThat(fixture.listener.tombstones).hasValue(1);
      assertThat(fixture.deadLetters().readRecordsToList())
          .extracting(TestRecord::key, letter -> header(letter, "weir.error.reason"))
          .containsExactly(tuple(null, "no-key"), tuple(null, "malformed"));
      assertThat(scores(fixture)).hasSize(1);
    }
  }

  @Test
  void shouldKeepTopicsApart() {
    try (TopologyFixture fixture =
        new TopologyFixture(
            Configs.of("input.topic=", "input.pattern=metrics.*", "output.scored=scores"),
            DIFFERENCE)) {
      // When
      fixture.pipeInto("metrics-eu", "a", "{\"cpu\": 1}");
      fixture.pipeInto("metrics-us", "a", "{\"cpu\": 10}");
      fixture.pipeInto("metrics-eu", "a", "{\"cpu\": 4}");

      // Then
      assertThat(fixture.scored("scores").readValuesToList())
          .extracting(ScoredRecord::getSourceTopic, score -> Double.toString(score.getScore()))
          .containsExactly(
              tuple("metrics-eu", "NaN"), tuple("metrics-us", "NaN"), tuple("metrics-eu", "3.0"));
    }
  }

  @Test
  void shouldScoreOneTopicInTwoPipelines() {
    try (TopologyFixture fixture =
        new TopologyFixture(
            Configs.of(
                "input=",
                "model=",
                "pipelines=[{name: strict, input: {topic: metrics}, model: {path: m}, output:"
                    + " {alerts: s, deadLetter: sd}, alerts: {falseAlarmRate: 0.5}}, {name: lax,"
                    + " input: {topic: metrics}, model: {path: m}, output: {alerts: l, deadLetter:"
                    + " ld}}]"))) {
      fixture.pipe("a", "{\"cpu\": 7}");

      assertThat(fixture.driver.producedTopicNames()).containsExactly("s");
      assertThat(fixture.alerts().readValue().getPipeline()).isEqualTo("strict");
    }
  }

  private static TopologyFixture difference(String... settings) {
    List<String> all = new ArrayList<>(List.of("output.scored=scores"));
    all.addAll(List.of(settings));
    return new TopologyFixture(Configs.of(all), DIFFERENCE);
  }

  private static List<String> scores(TopologyFixture fixture) {
    return fixture.scored("scores").readValuesToList().stream()
        .map(record -> Double.toString(record.getScore()))
        .toList();
  }

  private static List<Bytes> keys(TopologyFixture fixture) {
    KeyValueStore<Bytes, byte[]> store =
        fixture.driver.getKeyValueStore(new Names("").encoderStates());
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return letter.headers().lastHeader(name) == null
        ? null
        : new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
