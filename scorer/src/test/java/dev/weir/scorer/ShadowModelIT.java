package dev.weir.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.model.bundle.Bundle;
import dev.weir.schemas.ComparedRecord;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.scorer.fixture.Await;
import dev.weir.scorer.fixture.CommittedReader;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.JsonProducer;
import dev.weir.scorer.fixture.TinyBundle;
import dev.weir.scorer.fixture.TinyGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model on trial in a running scorer: it is not there at first, then it is, then it is broken.
 */
@Timeout(180)
class ShadowModelIT {
  @TempDir private Path folder;

  @Test
  void shouldTakeAModelOnTrialWhileRecordsFlow() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      // Given a live model, and nothing on trial
      for (String topic : List.of("in", "in-alerts", "in-dead-letter", "trial")) {
        broker.createTopic(topic, 1);
      }
      Path live = folder.resolve("live");
      Path trial = folder.resolve("trial");
      TinyBundle.write(live, 2, TinyGraph.sumOfSquares(2).onnx());
      SchemaRegistry registry = MockSchemaRegistry.ofScope("shadow");
      try (ScorerApplication scorer =
              ScorerApplication.start(
                  Configs.of(
                      "applicationId=shadow",
                      "kafka.bootstrap.servers=" + broker.bootstrapServers(),
                      "kafka.state.dir=" + folder.resolve("state"),
                      "input.topic=in",
                      "model.path=" + live,
                      "shadow.path=" + trial,
                      "shadow.topic=trial",
                      "shadow.watchEvery=20ms",
                      "schemaRegistry.schema.registry.url=mock://shadow",
                      "http.port=0"));
          JsonProducer producer = new JsonProducer(broker.bootstrapServers(), "in");
          CommittedReader<ComparedRecord> compared =
              CommittedReader.avro(
                  broker.bootstrapServers(), "trial", registry, ComparedRecord.class)) {
        producer.send("k", 0, "{\"f0\": 1, \"f1\": 1}");
        assertThat(compared.await(1).get(0).getShadow()).isNull();
        assertThat(scorer.pipelines().get(0).shadow()).isEmpty();

        // When one is put there
        TinyGraph other = TinyGraph.random(2, 3);
        TinyBundle.write(trial, 2, other.onnx());
        Await.until(
            "a record that both scored",
            () -> {
              producer.send("k", 1, "{\"f0\": 1, \"f1\": 1}");
              return compared.values().stream().anyMatch(record -> record.getShadow() != null);
            });

        // Then
        assertThat(scorer.pipelines().get(0).shadow()).isPresent();
        assertThat(compared.values())
            .filteredOn(record -> record.getShadow() != null)
            .allSatisfy(
                record -> {
                  assertThat(record.getLive().getScore()).isEqualTo(2);
                  assertThat(record.getShadow().getScore())
                      .isCloseTo(other.score(new float[] {1, 1}), within(1e-3));
                });

        // And a broken one in its place changes nothing
        Files.write(trial.resolve(Bundle.MODEL), new byte[] {1});
        int before = compared.values().size();
        producer.send("k", 2, "{\"f0\": 1, \"f1\": 1}");
        assertThat(compared.await(before + 1)).last().matches(last -> last.getShadow() != null);
        assertThat(scorer.isReady()).isTrue();
      } finally {
        MockSchemaRegistry.drop("shadow");
      }
    }
  }
}
