package dev.weir.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.model.bundle.Manifest;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.fixture.Await;
import dev.weir.scorer.fixture.CommitWitness;
import dev.weir.scorer.fixture.CommittedReader;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.FakeModel;
import dev.weir.scorer.fixture.FakeModels;
import dev.weir.scorer.fixture.JsonProducer;
import dev.weir.scorer.fixture.TinyManifest;
import dev.weir.scorer.topology.Pipeline;
import dev.weir.scorer.topology.ScoringListener;
import dev.weir.scorer.topology.ScoringTopology;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract with Kafka Streams' internals that {@code CommitBoundary} stands on: a commit, and
 * nothing else here, empties the micro-batches, and it does so before it takes the offsets.
 */
@Timeout(180)
class CommitBoundaryIT {
  private static final int PARTITIONS = 3;
  private static final int BURSTS = 5;
  private static final int BURST = 100;

  private static EmbeddedBroker broker;

  @TempDir private Path state;

  private final Manifest manifest = TinyManifest.ofThreeFeatures();
  private final FakeModels models = new FakeModels(manifest);
  private final Map<Place, Double> produced = new HashMap<>();

  /** Where a record is. */
  private record Place(int partition, long offset) {}

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void shouldHoldNoRecordBackAtACommit(String guarantee) throws Exception {
    // Given batches that neither their size nor their age can empty
    ScorerConfig config = config(guarantee);
    List.of("metrics", "metrics-alerts", "metrics-dead-letter", "metrics-scored").stream()
        .map(topic -> topic + "-" + guarantee)
        .forEach(topic -> broker.createTopic(topic, PARTITIONS));
    String scoredTopic = "metrics-scored-" + guarantee;
    MockSchemaRegistry registry = MockSchemaRegistry.ofScope(guarantee);
    CommitWitness witness = new CommitWitness(scoredTopic);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        JsonProducer producer =
            new JsonProducer(broker.bootstrapServers(), "metrics-" + guarantee);
        CommittedReader<ScoredRecord> scored =
            CommittedReader.avro(
                broker.bootstrapServers(), scoredTopic, registry, ScoredRecord.class)) {
      try (KafkaStreams streams = streams(config, registry, witness)) {
        streams.start();
        for (int i = 0; i < BURSTS; i++) {
          // When
          produce(producer);

          // Then
          Await.until(
              "a commit of everything in burst " + i,
              () -> {
                assertThat(witness.violations()).isEmpty();
                return observe(admin, config.applicationId(), scored) == produced.size();
              });
          assertThat(scored.values()).hasSize(produced.size());
        }

        // When it is closed in the middle of its work
        produce(producer);
        assertThat(streams.close(ScorerApplication.CLOSE)).isTrue();
      }

      // Then all that it committed can be seen
      long atClose = observe(admin, config.applicationId(), scored);
      assertThat(scored.values()).hasSize((int) atClose);

      // And when it comes back, the rest is scored, and nothing twice
      produce(producer);
      try (KafkaStreams again = streams(config, registry, witness)) {
        again.start();
        Await.until(
            "a commit of everything after the restart",
            () -> observe(admin, config.applicationId(), scored) == produced.size());
        assertThat(again.close(ScorerApplication.CLOSE)).isTrue();
      }
      assertEachScoredOnceFromItsPlace(scored, "metrics-" + guarantee);
    }
    assertThat(witness.violations()).isEmpty();
    assertThat(witness.commits()).isGreaterThan(BURSTS);
    assertThat(models.made()).flatExtracting(FakeModel::batchSizes).anyMatch(size -> size > 1);
    assertThat(models.open()).isZero();
  }

  private ScorerConfig config(String guarantee) {
    return Configs.of(
        "applicationId=commit-" + guarantee,
        "kafka.bootstrap.servers=" + broker.bootstrapServers(),
        "kafka.processing.guarantee=" + guarantee,
        "kafka.commit.interval.ms=100",
        "kafka.state.dir=" + state,
        "input.topic=metrics-" + guarantee,
        "output.alerts=metrics-alerts-" + guarantee,
        "output.deadLetter=metrics-dead-letter-" + guarantee,
        "output.scored=metrics-scored-" + guarantee,
        "batch.maxRows=65536",
        "batch.maxWait=60s",
        "threads=2");
  }

  private KafkaStreams streams(
      ScorerConfig config, MockSchemaRegistry registry, CommitWitness clients) {
    Properties settings = new Properties();
    settings.putAll(StreamsSettings.of(config));
    return new KafkaStreams(
        ScoringTopology.build(
            config,
            List.of(new Pipeline(config.pipelines().get(0), models, ScoringListener.SILENT)),
            registry),
        settings,
        clients);
  }

  private void produce(JsonProducer producer) throws Exception {
    for (int i = 0; i < BURST; i++) {
      double score = produced.size();
      RecordMetadata sent = producer.sendCpu("host-" + produced.size() % 17, 1_000 + i, score);
      produced.put(new Place(sent.partition(), sent.offset()), score);
    }
  }

  /** The sum of the committed offsets, once all records before them have been seen. */
  private static long observe(Admin admin, String group, CommittedReader<ScoredRecord> scored)
      throws Exception {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    // A transaction's markers reach the offsets and the output one after the other.
    Await.until(
        "the scores of everything before " + committed, () -> covers(scored.values(), committed));
    return committed.values().stream().mapToLong(OffsetAndMetadata::offset).sum();
  }

  private static boolean covers(
      List<ScoredRecord> visible, Map<TopicPartition, OffsetAndMetadata> committed) {
    Map<Integer, Long> counts = new HashMap<>();
    visible.forEach(record -> counts.merge(record.getSourcePartition(), 1L, Long::sum));
    return committed.entrySet().stream()
        .allMatch(
            entry ->
                counts.getOrDefault(entry.getKey().partition(), 0L) >= entry.getValue().offset());
  }

  private void assertEachScoredOnceFromItsPlace(
      CommittedReader<ScoredRecord> scored, String topic) {
    Map<Place, Double> seen = new HashMap<>();
    Map<Integer, Long> next = new HashMap<>();
    scored
        .poll()
        .forEach(
            record -> {
              ScoredRecord value = record.value();
              Place place = new Place(value.getSourcePartition(), value.getSourceOffset());
              assertThat(seen.put(place, value.getScore())).as("%s twice", place).isNull();
              assertThat(value.getSourceTopic()).isEqualTo(topic);
              assertThat(value.getKey()).isEqualTo("host-" + (int) value.getScore() % 17);
              assertThat(value.getEventTime().toEpochMilli())
                  .isEqualTo(1_000 + (int) value.getScore() % BURST)
                  .isEqualTo(record.timestamp());
              assertThat(value.getSourceOffset())
                  .as("order in partition %d", place.partition())
                  .isEqualTo(next.getOrDefault(place.partition(), 0L));
              next.merge(place.partition(), 1L, Long::sum);
            });
    assertThat(seen).isEqualTo(produced);
  }
}
