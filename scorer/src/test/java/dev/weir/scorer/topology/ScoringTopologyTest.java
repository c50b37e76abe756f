package dev.weir.scorer.topology;

import static dev.weir.scorer.topology.TopologyFixture.NOW;
import static dev.weir.scorer.topology.TopologyFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.Alert;
import dev.weir.schemas.FeatureContribution;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.Severity;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.AvroDeserializer;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.FakeModel;
import dev.weir.scorer.fixture.FakeModels;
import dev.weir.scorer.fixture.RecordingListener;
import dev.weir.scorer.fixture.TinyBundle;
import dev.weir.scorer.fixture.TinyManifest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoringTopologyTest {
  private static final String NORMAL = "{\"cpu\": 2, \"memory\": 3, \"disk\": {\"used\": 4}}";
  private static final String ANOMALOUS =
      "{\"cpu\": 20, \"memory\": null, \"disk\": {\"used\": 4}}";

  @Test
  void shouldRaiseNoAlertOnNormalRecords() {
    try (TopologyFixture fixture = new TopologyFixture(Configs.of())) {
      // When
      fixture.pipe("host-1", NORMAL);
      fixture.pipe("host-1", NORMAL);

      // Then
      assertThat(fixture.alerts().isEmpty()).isTrue();
      assertThat(fixture.deadLetters().isEmpty()).isTrue();
      assertThat(fixture.listener.scored)
          .containsOnly(new RecordingListener.Scored(2, 0.8, 0))
          .hasSize(2);
      assertThat(fixture.listener.alerts).isEmpty();
    }
  }

  /** A host refuses such models; whatever else goes wrong, the model's memory must be freed. */
  @Test
  void shouldLetGoOfAModelThatItCannotBegin() {
    try (TopologyFixture fixture = new TopologyFixture(Configs.of())) {
      // Given
      fixture.pipe("host-1", NORMAL);
      assertThat(fixture.models.open()).isEqualTo(1);

      // When
      fixture.models.replace(
          TinyManifest.of(
              new FeatureSpec(List.of(TinyBundle.lookingBack(200_000))), "1".repeat(64)));
      assertThatThrownBy(() -> fixture.pipe("host-1", NORMAL))
          .hasRootCauseInstanceOf(IllegalArgumentException.class);

      // Then
      assertThat(fixture.models.made()).hasSize(2);
      assertThat(fixture.models.open()).isZero();
    }
  }

  @Test
  void shouldRaiseAnAlertOnAnAnomalousRecord() {
    try (TopologyFixture fixture = new TopologyFixture(Configs.of())) {
      // Given
      fixture.pipe("host-1", NORMAL);

      // When
      fixture.pipe(bytes("host-2"), bytes(ANOMALOUS), NOW.minusMillis(1500), new RecordHeaders());

      // Then
      List<TestRecord<byte[], Alert>> records = fixture.alerts().readRecordsToList();
      assertThat(records).hasSize(1);
      assertThat(records.get(0).key()).isEqualTo(bytes("host-2"));
      assertThat(records.get(0).getRecordTime()).isEqualTo(NOW.minusMillis(1500));
      Alert alert = records.get(0).value();
      assertThat(alert.getId()).isEqualTo("weir-test:metrics:0:1");
      assertThat(alert.getKey()).isEqualTo("host-2");
      assertThat(alert.getEventTime()).isEqualTo(NOW.minusMillis(1500));
      assertThat(alert.getDetectionTime()).isEqualTo(NOW);
      assertThat(alert.getPipeline()).isEqualTo("weir-test");
      assertThat(alert.getModelName()).isEqualTo("tiny");
      assertThat(alert.getModelVersion()).isEqualTo("7");
      assertThat(alert.getModelFamily()).isEqualTo("autoencoder");
      assertThat(alert.getScore()).isEqualTo(20);
      assertThat(alert.getThreshold()).isEqualTo(TinyManifest.THRESHOLD);
      assertThat(alert.getProbability()).isCloseTo(0.1 * Math.exp(-11), within(1e-15));
      assertThat(alert.getFalseAlarmRate()).isEqualTo(TinyManifest.FALSE_ALARM_RATE);
      assertThat(alert.getSeverity()).isEqualTo(Severity.CRITICAL);
      assertThat(alert.getSourceTopic()).isEqualTo("metrics");
      assertThat(alert.getSourcePartition()).isZero();
      assertThat(alert.getSourceOffset()).isEqualTo(1);
    }
  }

  @Test
  void shouldExplainAnAlert() {
    try (TopologyFixture fixture = new TopologyFixture(Configs.of())) {
      // When
      fixture.pipe("host-1", ANOMALOUS);

      // Then
      List<FeatureContribution> contributions = fixture.alerts().readValue().getContributions();
      assertThat(contributions)
          .containsExactly(
              new FeatureContribution("cpu", 20.0, 1.0, 0.75, null, null),
              new FeatureContribution("memory", null, 2.0, 0.25, null, null));
    }
  }

  @Test
  void shouldNameOnlyAsManyFeaturesAsConfigured() {
    try (TopologyFixture fixture = new TopologyFixture(Configs.of("alerts.topFeatures=1"))) {
      fixture.pipe("host-1", ANOMALOUS);

      List<FeatureContribution> contributions = fixture.alerts().readValue().getContributions();
      assertThat(contributions).extracting(FeatureContribution::getFeature).containsExactly("cpu");
      assertThat(contributions.get(0).getShare()).isEqualTo(0.75);
    }
  }

  @Test
  void shouldAlertByTheScorersOwnFalseAlarmRate() {
    // Given a rate that is reached at a score of 5
    try (TopologyFixture fixture = new TopologyFixture(Configs.of("alerts.falseAlarmRate=0.5"))) {
      // When
      fixture.pipe("low", "{\"cpu\": 4.9}");
      fixture.pipe("high", "{\"cpu\": 5.1}");

      // Then
      Alert alert = fixture.alerts().readValue();
      assertThat(alert.getKey()).isEqualTo("high");
      assertThat(alert.getFalseAlarmRate()).isEqualTo(0.5);
      assertThat(alert.getThreshold()).isCloseTo(5, within(1e-9));
      assertThat(alert.getSeverity()).isEqualTo(Severity.LOW);
      assertThat(fixture.alerts().isEmpty()).isTrue();
    }
  }

  @Test
  void shouldPublishEveryScoreInOrderWhenConfigured() {
    try (TopologyFixture fixture = new TopologyFixture(Configs.of("output.scored=scores"))) {
      // Given
      List<Integer> scores = List.of(1, 30, 2, 40, 3);

      // When
      scores.forEach(score -> fixture.pipe("k" + score, "{\"cpu\": " + score + "}"));

      // Then
      List<TestRecord<byte[], ScoredRecord>> records = fixture.scored("scores").readRecordsToList();
      assertThat(records)
          .extracting(record -> (int) record.value().getScore())
          .containsExactlyElementsOf(scores);
      assertThat(records)
          .extracting(record -> record.value().getSourceOffset())
          .containsExactly(0L, 1L, 2L, 3L, 4L);
      assertThat(records)
          .extracting(record -> record.value().getAnomalous())
          .containsExactly(false, true, false, true, false);
      ScoredRecord second = records.get(1).value();
      assertThat(records.get(1).key()).isEqualTo(bytes("k30"));
      assertThat(second.getKey()).isEqualTo("k30");
      assertThat(second.getEventTime()).isEqualTo(NOW);
      assertThat(second.getModelName()).isEqualTo("tiny");
      assertThat(second.getModelVersion()).isEqualTo("7");
      assertThat(second.getProbability()).isCloseTo(0.1 * Math.exp(-21), within(1e-15));
      assertThat(second.getSourceTopic()).isEqualTo("metrics");
      assertThat(second.getSourcePartition()).isZero();
      assertThat(fixture.alerts().getQueueSize()).isEqualTo(2);
    }
  }

  @Test
  void shouldPublishNoScoresUnlessConfigured() {
    try (TopologyFixture fixture = new TopologyFixture(Configs.of())) {
      fixture.pipe("host-1", NORMAL);
      fixture.pipe("host-1", ANOMALOUS);
      fixture.pipe("host-1", "broken");

      assertThat(fixture.driver.producedTopicNames())
          .containsExactlyInAnyOrder("metrics-alerts", "metrics-dead-letter");
    }
  }

  @Test
  void shouldUseTheConfiguredTopics() {
    try (TopologyFixture fixture =
        new TopologyFixture(Configs.of("output.alerts=alarms", "output.deadLetter=rejects"))) {
      fixture.pipe("host-1", ANOMALOUS);
      fixture.pipe("host-1", "broken");

      assertThat(fixture.driver.producedTopicNames())
          .containsExactlyInAnyOrder("alarms", "rejects");
    }
  }

  @Test
  void shouldNotCarryTheRecordsHeadersIntoAlerts() {
    try (TopologyFixture fixture = new TopologyFixture(Configs.of())) {
      Headers headers = new RecordHeaders().add("secret", bytes("x"));

      fixture.pipe(bytes("k"), bytes(ANOMALOUS), NOW, headers);

      assertThat(fixture.alerts().readRecord().getHeaders()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "NO_KEY",
        "NOT_FRAMED",
        "UNKNOWN_SCHEMA",
        "UNUSABLE_SCHEMA",
        "NOT_A_BOOLEAN",
        "NOT_A_CATEGORY",
        "NOT_A_TIME",
        "PROCESSING_FAILED"
      })
  void shouldSendARejectedRecordToTheDeadLetterTopic(RejectReason reason) {
    try (TopologyFixture fixture = new TopologyFixture(Configs.of("output.scored=scores"))) {
      // Given
      byte[] key = {1, (byte) 0xff};
      byte[] value = rejectedFor(reason);
      Headers headers =
          new RecordHeaders().add("trace", bytes("abc")).add("trace", new byte[] {0, 1});
      fixture.pipe("host-1", NORMAL);

      // When
      fixture.pipe(key, value, NOW.minusSeconds(5), headers);
      fixture.pipe("host-1", NORMAL);

      // Then
      List<TestRecord<byte[], byte[]>> letters = fixture.deadLetters().readRecordsToList();
      assertThat(letters).hasSize(1);
      TestRecord<byte[], byte[]> letter = letters.get(0);
      assertThat(letter.key()).isEqualTo(key);
      assertThat(letter.value()).isEqualTo(value);
      assertThat(letter.getRecordTime()).isEqualTo(NOW.minusSeconds(5));
      assertThat(letter.headers().headers("trace"))
          .extracting(Header::value)
          .containsExactly(bytes("abc"), new byte[] {0, 1});
      Map<String, String> added = weirHeaders(letter.headers());
      assertThat(added.remove("weir.error.message")).isNotBlank();
      assertThat(added)
          .isEqualTo(
              Map.of(
                  "weir.error.reason",
                  reason.code(),
                  "weir.error.class",
                  RejectedRecordException.class.getName(),
                  "weir.source.topic",
                  "metrics",
                  "weir.source.partition",
                  "0",
                  "weir.source.offset",
                  "1",
                  "weir.application",
                  "weir-test",
                  "weir.pipeline",
                  "weir-test"));
      assertThat(fixture.listener.rejections).containsExactly(reason);
      assertThat(fixture.scored("scores").readValuesToList())
          .extracting(ScoredRecord::getSourceOffset)
          .containsExactly(0L, 2L);
    }
  }

  /** A value that is rejected for this reason; a new reason does not get past the compiler. */
  private static byte[] rejectedFor(RejectReason reason) {
    return bytes(
        switch (reason) {
          case EMPTY -> "";
          case PROCESSING_FAILED -> throw new IllegalArgumentException("ErrorPolicyTest has one");
          case NO_KEY -> throw new IllegalArgumentException("the key is the record's own");
          case MALFORMED -> "{\"cpu\": 1, ";
          case NOT_FRAMED, UNKNOWN_SCHEMA, UNUSABLE_SCHEMA ->
              throw new IllegalArgumentException("JSON has no schema");
          case NOT_A_BOOLEAN, NOT_A_CATEGORY, NOT_A_TIME ->
              throw new IllegalArgumentException("the model has numbers only");
          case NOT_A_RECORD -> "[1, 2, 3]";
          case NO_KNOWN_FIELD -> "{\"CPU\": 1}";
          case NO_VALUE -> "{\"cpu\": null}";
          case NOT_A_NUMBER -> "{\"cpu\": \"hot\"}";
          case NOT_FINITE -> "{\"cpu\": 1e300}";
        });
  }

  @Test
  void shouldNameCategoriesAndTruthValuesAndTimesInAlerts() {
    // Given features of which two share a field
    FeatureSpec spec =
        new FeatureSpec(
            List.of(
                Feature.numeric("cpu"),
                new Feature("hour", FieldPath.parse("at"), FeatureType.HOUR_OF_DAY),
                Feature.categorical("region", List.of("eu", "us")),
                new Feature("day", FieldPath.parse("at"), FeatureType.DAY_OF_WEEK)));
    try (TopologyFixture fixture =
        new TopologyFixture(Configs.of(), TinyManifest.of(spec, "0".repeat(64)))) {
      // When
      fixture.pipe("k", "{\"cpu\": 90, \"region\": \"us\", \"at\": \"2026-10-01T13:45Z\"}");
      fixture.pipe("k", "{\"cpu\": 90, \"region\": [], \"at\": 0}");
      fixture.pipe("k", "{\"cpu\": 90, \"region\": \"us\", \"at\": \"noon\"}");
      fixture.driver.advanceWallClockTime(Duration.ofSeconds(1));

      // Then the fake model has the first two features contribute, and expects 1, 2, 3, 4
      assertThat(fixture.alerts().readValuesToList())
          .singleElement()
          .satisfies(
              alert ->
                  assertThat(alert.getContributions())
                      .containsExactly(
                          new FeatureContribution("cpu", 90.0, 1.0, 0.75, null, null),
                          new FeatureContribution("hour", 13.75, 2.0, 0.25, "13:45", "02:00")));
      assertThat(fixture.listener.rejections)
          .containsExactly(RejectReason.NOT_A_CATEGORY, RejectReason.NOT_A_TIME);
    }
  }

  @Test
  void shouldSendBytesThatAreNoTextToTheDeadLetterTopicAsTheyAre() {
    try (TopologyFixture fixture = new TopologyFixture(Configs.of())) {
      byte[] value = new byte[256];
      for (int i = 0; i < value.length; i++) {
        value[i] = (byte) i;
      }

      fixture.pipe(null, value, NOW, new RecordHeaders());
      fixture.pipe(null, new byte[0], NOW, new RecordHeaders());

      assertThat(fixture.deadLetters().readValuesToList()).containsExactly(value, new byte[0]);
      assertThat(fixture.listener.rejections)
          .containsExactly(RejectReason.MALFORMED, RejectReason.EMPTY);
    }
  }

  @Test
  void shouldShowAKeyThatIsNoTextInHex() {
    try (TopologyFixture fixture = new TopologyFixture(Configs.of())) {
      byte[] key = {(byte) 0xff, 0, 0x1f};

      fixture.pipe(key, bytes(ANOMALOUS), NOW, new RecordHeaders());

      TestRecord<byte[], Alert> alert = fixture.alerts().readRecord();
      assertThat(alert.key()).isEqualTo(key);
      assertThat(alert.value().getKey()).isEqualTo("0xff001f");
    }
  }

  @Test
  void shouldTakeRecordsWithoutKeys() {
    try (TopologyFixture fixture = new TopologyFixture(Configs.of())) {
      fixture.pipe(null, ANOMALOUS);

      TestRecord<byte[], Alert> alert = fixture.alerts().readRecord();
      assertThat(alert.key()).isNull();
      assertThat(alert.value().getKey()).isNull();
    }
  }

  @Test
  void shouldTellTheListenerOfEverything() {
    try (TopologyFixture fixture = new TopologyFixture(Configs.of())) {
      // When
      fixture.pipe(bytes("a"), bytes(NORMAL), NOW.minusMillis(70), new RecordHeaders());
      fixture.pipe("b", ANOMALOUS);
      fixture.pipe("c", "broken");

      // Then
      assertThat(fixture.listener.scored)
          .extracting(
              RecordingListener.Scored::score, RecordingListener.Scored::recordToScoreMillis)
          .containsExactly(tuple(2.0, 70L), tuple(20.0, 0L));
      assertThat(fixture.listener.alerts).containsExactly(Severity.CRITICAL);
      assertThat(fixture.listener.rejections).containsExactly(RejectReason.MALFORMED);
      assertThat(fixture.listener.flushes).containsExactly(1, 1);
    }
  }

  @Test
  void shouldScoreAtCommitWhatDoesNotFillABatch() {
    // Given a batch that neither its size nor its age can empty
    try (TopologyFixture fixture =
        new TopologyFixture(
            Configs.of("batch.maxRows=1000", "batch.maxWait=60s", "output.scored=scores"))) {
      for (int i = 0; i < 3; i++) {
        // When the driver commits, as it does after each record
        fixture.pipe("k", "{\"cpu\": " + i + "}");

        // Then
        ScoredRecord scored = fixture.scored("scores").readValue();
        assertThat(scored.getScore()).isEqualTo(i);
        assertThat(scored.getSourceOffset()).isEqualTo(i);
      }
      assertThat(fixture.models.made())
          .flatExtracting(FakeModel::batchSizes)
          .containsExactly(1, 1, 1);
    }
  }

  @Test
  void shouldScoreAtOnceWhatFillsABatch() {
    try (TopologyFixture fixture =
        new TopologyFixture(Configs.of("batch.maxRows=1", "output.scored=scores"))) {
      fixture.pipe("a", NORMAL);
      fixture.driver.advanceWallClockTime(Duration.ofSeconds(1));
      fixture.pipe("b", ANOMALOUS);

      assertThat(fixture.scored("scores").readValuesToList())
          .extracting(ScoredRecord::getKey)
          .containsExactly("a", "b");
    }
  }

  @Test
  void shouldPublishTheSameSampleOfScoresAtEachReplayAndAllAnomalousOnes() {
    List<Long> first = sample();

    assertThat(sample()).isEqualTo(first);
    assertThat(first).contains(7L, 107L, 207L).hasSizeBetween(30, 80);
  }

  /**
   * The offsets of those of 300 records that are published, of which every hundredth is anomalous.
   */
  private static List<Long> sample() {
    try (TopologyFixture fixture =
        new TopologyFixture(Configs.of("output.scored={topic: scores, sample: 0.15}"))) {
      for (int i = 0; i < 300; i++) {
        fixture.pipe("a", i % 100 == 7 ? ANOMALOUS : NORMAL);
      }
      return fixture.scored("scores").readValuesToList().stream()
          .map(ScoredRecord::getSourceOffset)
          .toList();
    }
  }

  @Test
  void shouldTakeNoScorerUntilATaskStarts() {
    // Kafka Streams asks for processors only to look at them.
    FakeModels models = new FakeModels(TinyManifest.ofThreeFeatures());

    Topology topology =
        TopologyFixture.topology(
            Configs.of(), models, MockSchemaRegistry.ofScope("unused"), ScoringListener.SILENT);

    assertThat(topology.describe().subtopologies()).hasSize(1);
    assertThat(models.made()).isEmpty();
  }

  @Test
  void shouldCloseEveryScorerAndResult() {
    TopologyFixture fixture = new TopologyFixture(Configs.of());
    fixture.pipe("a", NORMAL);
    fixture.pipe("b", ANOMALOUS);
    assertThat(fixture.models.made()).hasSize(1);

    fixture.close();

    assertThat(fixture.models.open()).isZero();
    assertThat(fixture.models.made().get(0).openBatches()).isZero();
  }

  @Test
  void shouldServeTasksOnSeveralThreads() throws Exception {
    // Given one topology, from which each thread has a task of its own
    MockSchemaRegistry registry = MockSchemaRegistry.ofScope("several-threads");
    Topology topology =
        TopologyFixture.topology(
            Configs.of("output.scored=scores"),
            new FakeModels(TinyManifest.ofThreeFeatures()),
            registry,
            ScoringListener.SILENT);
    ExecutorService threads = Executors.newFixedThreadPool(2);

    // When
    List<Future<List<ScoredRecord>>> scored =
        threads.invokeAll(
            List.of(
                () -> scoreWithKey(topology, registry, "a"),
                () -> scoreWithKey(topology, registry, "b".repeat(50))),
            60,
            TimeUnit.SECONDS);
    threads.shutdown();

    // Then
    for (Future<List<ScoredRecord>> each : scored) {
      assertThat(each.get()).extracting(ScoredRecord::getSourceOffset).hasSize(2_000).isSorted();
      assertThat(each.get())
          .extracting(ScoredRecord::getKey)
          .containsOnly(each.get().get(0).getKey());
    }
  }

  private static List<ScoredRecord> scoreWithKey(
      Topology topology, SchemaRegistry registry, String key) {
    Properties settings = new Properties();
    settings.put("application.id", key);
    settings.put("bootstrap.servers", "none:1");
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, settings)) {
      TestInputTopic<byte[], byte[]> input =
          driver.createInputTopic("metrics", new ByteArraySerializer(), new ByteArraySerializer());
      for (int i = 0; i < 2_000; i++) {
        input.pipeInput(bytes(key), bytes(NORMAL));
      }
      return driver
          .createOutputTopic(
              "scores",
              new ByteArrayDeserializer(),
              new AvroDeserializer<>(registry, ScoredRecord.class))
          .readValuesToList();
    }
  }

  private static Map<String, String> weirHeaders(Headers headers) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Header header : headers) {
      if (header.key().startsWith("weir.")) {
        texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return texts;
  }
}
