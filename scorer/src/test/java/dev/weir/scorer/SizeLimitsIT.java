package dev.weir.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.schemas.Alert;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.fixture.Await;
import dev.weir.scorer.fixture.CommittedReader;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.JsonProducer;
import dev.weir.scorer.fixture.Pages;
import dev.weir.scorer.fixture.TinyBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that takes less than a producer sends. */
@Timeout(120)
class SizeLimitsIT {
  @TempDir private Path folder;

  @Test
  void shouldGoOnWhereTopicsTakeLessThanTheProducerSends() throws Exception {
    // Given topics that take little, and a broker that takes little of new ones
    TinyBundle.ofThreeFeatures(folder.resolve("bundle"));
    try (EmbeddedBroker broker = EmbeddedBroker.start(Map.of("message.max.bytes", "20000"))) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        admin
            .createTopics(
                List.of(
                    topic("metrics", 1_000_000),
                    topic("metrics-alerts", 5_000),
                    topic("metrics-dead-letter", 4_000)))
            .all()
            .get();
      }
      ScorerConfig config =
          Configs.of(
              "kafka.bootstrap.servers=" + broker.bootstrapServers(),
              "kafka.state.dir=" + folder.resolve("state"),
              "schemaRegistry.schema.registry.url=mock://SizeLimitsIT",
              "model.path=" + folder.resolve("bundle"),
              "http.port=0",
              "input.keyField=host",
              "alerts.silence.after=1h",
              "alerts.incidents.openAfter=1",
              "drift.bins=20");
      SchemaRegistry registry = MockSchemaRegistry.ofScope("SizeLimitsIT");
      try (ScorerApplication scorer = ScorerApplication.start(config);
          JsonProducer producer = new JsonProducer(broker.bootstrapServers(), "metrics");
          CommittedReader<Alert> alerts =
              CommittedReader.avro(
                  broker.bootstrapServers(), "metrics-alerts", registry, Alert.class);
          CommittedReader<byte[]> letters =
              CommittedReader.bytes(broker.bootstrapServers(), "metrics-dead-letter")) {
        assertThat(scorer.awaitReady(Await.PATIENCE)).isTrue();

        // When records are too large for the repartition topic as they are, or with their key; one
        // whose alert is too large, and whose key's state is; and one that cannot be read
        producer.send("a", 1_000, record("host", 9, 30_000));
        producer.send("b", 2_000, record("h".repeat(6_600), 9, 0));
        producer.send("c", 3_000, record("i".repeat(15_000), 2, 0));
        producer.send("d", 4_000, "{" + "x".repeat(10_000));
        producer.send("e", 5_000, record("short", 9, 0));

        // Then all is committed, and what is small enough is there
        assertThat(alerts.await(1)).extracting(Alert::getKey).containsExactly("short");
        assertThat(letters.await(4)).hasSize(4).allMatch(value -> value == null);
        assertThat(scorer.isReady()).isTrue();
        assertThat(Pages.metrics(scorer.httpPort()))
            .contains(
                "weir_unpublished_records_total{pipeline=\"weir-test\",reason=\"too-large\"} 3.0")
            .containsPattern("reason=\"state-too-large\"} [1-9]");
      }
    }
  }

  private static NewTopic topic(String name, int most) {
    return new NewTopic(name, 1, (short) 1)
        .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(most)));
  }

  private static String record(String host, int cpu, int more) {
    return Stream.of(
            "{\"cpu\": " + cpu,
            "\"host\": \"" + host + "\"",
            "\"more\": \"" + "x".repeat(more) + "\"}")
        .reduce((a, b) -> a + ", " + b)
        .orElseThrow();
  }
}
