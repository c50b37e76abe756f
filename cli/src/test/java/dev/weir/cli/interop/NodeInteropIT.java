package dev.weir.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.apicurio.ApicurioServer;
import dev.weir.broker.EmbeddedBroker;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Provenance;
import dev.weir.model.config.ConfigReader;
import dev.weir.schemas.Alert;
import dev.weir.schemas.FeatureContribution;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.registry.LocalRegistryServer;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.AvroDeserializer;
import dev.weir.scorer.ScorerApplication;
import dev.weir.trainer.TrainingRun;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.network.TrainingProgress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weir and the Node.js clients {@code @confluentinc/schemaregistry}, {@code
 * @kafkajs/confluent-schema-registry} and {@code kafkajs}, with Apicurio's registry between them:
 * what they write Weir learns from and scores, and what Weir writes they read.
 */
@Timeout(900)
class NodeInteropIT {
  private static final String CONFLUENT = "confluent";
  private static final String KAFKAJS = "kafkajs";
  private static final int ROWS = 40;

  private static NodeProject node;
  private static EmbeddedBroker broker;
  private static ApicurioServer apicurio;
  private static Bundle bundle;

  @TempDir private static Path shared;

  @BeforeAll
  static void trainOnWhatNodeWrites() throws Exception {
    node = NodeProject.install();
    broker = EmbeddedBroker.start();
    apicurio = ApicurioServer.start(Path.of("target", "apicurio-node.log"));
    broker.createTopic("history", 2);
    produce(apicurio.url(), "history", CONFLUENT, "avro-1", Row.normal("a", 1500, 1));
    produce(apicurio.url(), "history", KAFKAJS, "avro-1", Row.normal("b", 1500, 2));
    TrainConfig config =
        ConfigReader.of(
            List.of(
                "name=readings",
                "source.type=kafka",
                "source.topic=history",
                "source.format=avro",
                "source.schemaRegistry.schema.registry.url=" + apicurio.url(),
                "source.kafka.bootstrap.servers=" + broker.bootstrapServers(),
                "features.include=['" + String.join("','", Row.PATHS) + "']",
                "features.columns=[{match: day, type: numeric}]",
                "model.hiddenLayers=[8, 2]",
                "model.epochs=5",
                "threshold.falseAlarmRate=0.01"),
            TrainConfig.class);
    bundle =
        new TrainingRun(config, TrainingProgress.SILENT, Clock.systemUTC())
            .run(shared.resolve("bundle"));
  }

  @AfterAll
  static void stop() {
    if (apicurio != null) {
      apicurio.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void shouldLearnFromEveryRecordThatNodeWrote() {
    Provenance provenance = bundle.manifest().provenance();
    assertThat(bundle.manifest().features().names()).containsExactlyInAnyOrderElementsOf(Row.PATHS);
    assertThat(
            provenance.trainingRows() + provenance.validationRows() + provenance.calibrationRows())
        .isEqualTo(3000);
  }

  @Test
  void shouldScoreAvroOfTwoSchemasAndHaveItsAlertsRead() throws Exception {
    // Given two libraries, and a schema that changes
    List<Batch> batches =
        List.of(
            new Batch(CONFLUENT, "avro-1"),
            new Batch(KAFKAJS, "avro-1"),
            new Batch(CONFLUENT, "avro-2"),
            new Batch(KAFKAJS, "avro-2"));

    // When
    Outcome outcome = score("readings", "avro", apicurio.url(), batches);

    // Then either library reads the same as Weir does
    for (String library : List.of(CONFLUENT, KAFKAJS)) {
      assertSameAsNodeReads(library, "readings-alerts", outcome.alerts());
      assertSameAsNodeReads(library, "readings-scored", outcome.scored());
    }
  }

  @Test
  void shouldScoreFramedJson() throws Exception {
    score(
        "json-readings",
        "json-schema",
        apicurio.url(),
        List.of(new Batch(CONFLUENT, "json-schema"), new Batch(KAFKAJS, "json-schema")));
  }

  @Test
  void shouldScoreProtobufOfASchemaThatRefersToAnother() throws Exception {
    score(
        "protobuf-readings", "protobuf", apicurio.url(), List.of(new Batch(CONFLUENT, "protobuf")));
  }

  @Test
  void shouldScoreProtobufWhoseSerializerRegistersDescriptors() throws Exception {
    score(
        "described-readings",
        "protobuf",
        apicurio.url(),
        List.of(new Batch(CONFLUENT, "protobuf-descriptor")));
  }

  @Test
  void shouldScoreAvroWhoseSchemaIsNamedByAGuidInAHeader() throws Exception {
    // Given a registry that has GUIDs, which Apicurio's has not
    try (LocalRegistryServer registry = LocalRegistryServer.start()) {
      score("guid-readings", "avro", registry.url(), List.of(new Batch(CONFLUENT, "avro-guid")));
    }
    ConsumerRecord<byte[], byte[]> first =
        CommittedRecords.await(
                broker.bootstrapServers(), "guid-readings", ROWS + 1, new ByteArrayDeserializer())
            .get(0);
    assertThat(first.headers().lastHeader("__value_schema_id").value()).hasSize(17).startsWith(1);
  }

  /**
   * Has Node.js write rows, one of each batch faulty, and Weir score them; all must be scored, and
   * the alerts about the faulty ones must say the values that were written.
   */
  private static Outcome score(String topic, String format, String registryUrl, List<Batch> batches)
      throws Exception {
    broker.createTopic(topic, 1);
    List<Row> faulty = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      List<Row> rows = new ArrayList<>(Row.normal("host-" + i + "-", ROWS, 10 + i));
      faulty.add(rows.get(ROWS / 2).faulty("faulty-" + i, i % 2 == 0 ? -7.25 : null));
      rows.add(faulty.get(i));
      produce(registryUrl, topic, batches.get(i).library(), batches.get(i).format(), rows);
    }
    int written = batches.size() * (ROWS + 1);

    try (SchemaRegistry registry =
            SchemaRegistries.open(Map.of("schema.registry.url", registryUrl));
        ScorerApplication scorer =
            Scorers.start(
                broker,
                registryUrl,
                bundle,
                shared,
                topic,
                "input.format=" + format,
                "output.scored=" + topic + "-scored",
                "alerts.topFeatures=" + Row.PATHS.size(),
                // KafkaJS cannot read LZ4 without another package.
                "kafka.compression.type=gzip")) {
      Scorers.awaitSeen(scorer, written);
      assertThat(scorer.recordsScored()).as("none is rejected").isEqualTo(written);
      List<ScoredRecord> scored = read(registry, topic + "-scored", written, ScoredRecord.class);
      long anomalous = scored.stream().filter(ScoredRecord::getAnomalous).count();
      Outcome outcome =
          new Outcome(read(registry, topic + "-alerts", anomalous, Alert.class), scored);
      assertValues(outcome.alerts(), faulty);
      return outcome;
    }
  }

  private static <T extends SpecificRecord> List<T> read(
      SchemaRegistry registry, String topic, long count, Class<T> type) {
    return CommittedRecords.await(
            broker.bootstrapServers(), topic, count, new AvroDeserializer<>(registry, type))
        .stream()
        .map(ConsumerRecord::value)
        .toList();
  }

  private static void assertValues(List<Alert> alerts, List<Row> faulty) {
    Map<String, Map<String, Double>> said = new HashMap<>();
    for (Alert alert : alerts) {
      Map<String, Double> actual = new HashMap<>();
      for (FeatureContribution each : alert.getContributions()) {
        if (each.getActual() != null) {
          actual.put(each.getFeature(), each.getActual());
        }
      }
      said.put(alert.getKey(), actual);
    }
    for (Row row : faulty) {
      assertThat(said).containsKey(row.host());
      assertThat(said.get(row.host())).isEqualTo(row.features());
    }
  }

  private static void produce(
      String registryUrl, String topic, String library, String format, List<Row> rows)
      throws Exception {
    Map<String, Object> job = job(registryUrl, topic, library);
    job.put("format", format);
    job.put("rows", rows.stream().map(Row::json).toList());
    assertThat(node.run("produce.mjs", job))
        .singleElement()
        .satisfies(answer -> assertThat(answer.path("sent").asInt()).isEqualTo(rows.size()));
  }

  private static void assertSameAsNodeReads(
      String library, String topic, List<? extends SpecificRecord> records) throws Exception {
    Map<String, Object> job = job(apicurio.url(), topic, library);
    job.put("count", records.size());
    List<JsonNode> read = node.run("consume.mjs", job);
    assertThat(read).as("%s reads %s", library, topic).hasSameSizeAs(records);
    for (int i = 0; i < read.size(); i++) {
      JsonNode value = read.get(i).path("value");
      assertThat(value).isEqualTo(AvroJson.of(records.get(i)));
      assertThat(read.get(i).path("key")).isEqualTo(value.path("key"));
    }
  }

  private static Map<String, Object> job(String registryUrl, String topic, String library) {
    Map<String, Object> job = new HashMap<>();
    job.put("brokers", broker.bootstrapServers());
    job.put("registry", registryUrl);
    job.put("topic", topic);
    job.put("library", library);
    return job;
  }

  /** Rows that one library writes in one format. */
  private record Batch(String library, String format) {}

  /** What Weir made of them. */
  private record Outcome(List<Alert> alerts, List<ScoredRecord> scored) {}
}
