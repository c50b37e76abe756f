package dev.weir.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.fixture.Await;
import dev.weir.scorer.fixture.CapturedLog;
import dev.weir.scorer.fixture.CommittedReader;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.JsonProducer;
import dev.weir.scorer.fixture.Pages;
import dev.weir.scorer.fixture.TinyBundle;
import dev.weir.scorer.fixture.TinyGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that are replaced while records flow, and models that look back, over restarts. */
@Timeout(180)
class ModelAtRunTimeIT {
  private static EmbeddedBroker broker;

  @TempDir private Path folder;
  private String input;
  private MockSchemaRegistry registry;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void nameTopics(TestInfo test) {
    input = "t" + Integer.toHexString((test.getDisplayName() + System.nanoTime()).hashCode());
    registry = MockSchemaRegistry.ofScope(input);
    List.of("", "-alerts", "-dead-letter", "-scored")
        .forEach(suffix -> broker.createTopic(input + suffix, 2));
  }

  @Test
  void shouldSwapModelsWhileRecordsFlow() throws Exception {
    // Given a model of the sum of squares
    Path bundle = folder.resolve("bundle");
    write(bundle, TinyGraph.sumOfSquares(2));
    AtomicInteger sent = new AtomicInteger();
    try (ScorerApplication scorer = ScorerApplication.start(config(bundle, "threads=2"));
        JsonProducer producer = new JsonProducer(broker.bootstrapServers(), input);
        CommittedReader<ScoredRecord> scored = reader()) {
      for (int i = 0; i < 50; i++) {
        send(producer, "k" + i, i, 3);
        sent.incrementAndGet();
      }
      scored.await(50);

      // When a bad one takes its place, and then a good one
      Files.write(bundle.resolve(Bundle.MODEL), new byte[] {1});
      for (int i = 0; i < 50; i++) {
        send(producer, "k" + i, 50 + i, 3);
        sent.incrementAndGet();
      }
      assertThat(scored.await(100)).extracting(ScoredRecord::getScore).containsOnly(9.0);
      TinyGraph next = TinyGraph.random(2, 3);
      write(bundle, next);
      String version = Bundle.open(bundle).manifest().modelSha256();
      Await.until(
          "the new model", () -> scorer.pipelines().get(0).model().modelSha256().equals(version));
      Await.until(
          "records of each partition, and so of each thread, that it scored",
          () -> {
            for (int i = 0; i < 10; i++) {
              send(producer, "k" + i, 1_000, 3);
              sent.incrementAndGet();
            }
            return scored.values().stream()
                    .filter(record -> record.getScore() != 9)
                    .map(ScoredRecord::getSourcePartition)
                    .distinct()
                    .count()
                == 2;
          });

      // Then nothing is lost, nothing scored twice, and each record by one of the two
      assertThat(scored.await(sent.get()))
          .hasSize(sent.get())
          .extracting(record -> tuple(record.getSourcePartition(), record.getSourceOffset()))
          .doesNotHaveDuplicates();
      double expected = next.score(new float[] {3, 0});
      assertThat(scored.values())
          .extracting(ScoredRecord::getScore)
          .allMatch(score -> score == 9 || Math.abs(score - expected) < 1e-3);
    }
  }

  @Test
  void shouldRefuseAModelWhoseFieldsTheRecordsLack() throws Exception {
    // Given records without the model's third field
    Path bundle = folder.resolve("bundle");
    write(bundle, TinyGraph.sumOfSquares(3));
    try (JsonProducer producer = new JsonProducer(broker.bootstrapServers(), input)) {
      send(producer, "a", 1, 3);
      producer.send("a", 2, "broken");
    }

    // Then
    assertThatThrownBy(() -> ScorerApplication.start(config(bundle)))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("none of the newest 1 records of topic " + input + " has 'f2'")
        .hasMessageEndingWith("set model.missingFields: warn");

    // And if it is allowed, it scores; a new model that fits worse is refused
    try (ScorerApplication scorer =
            ScorerApplication.start(config(bundle, "model.missingFields=warn"));
        CommittedReader<ScoredRecord> scored = reader()) {
      assertThat(scored.await(1)).extracting(ScoredRecord::getScore).containsExactly(9.0);
      assertThat(scorer.recordsSeen()).isEqualTo(2);
    }
  }

  @Test
  void shouldWaitForAnotherModelOnTrialIfTheRecordsLackItsFields() throws Exception {
    // Given records that fit the live model
    Path live = folder.resolve("bundle");
    Path trial = folder.resolve("trial");
    write(live, TinyGraph.sumOfSquares(2));
    write(trial, TinyGraph.sumOfSquares(3));
    try (JsonProducer producer = new JsonProducer(broker.bootstrapServers(), input)) {
      send(producer, "a", 1, 3);
    }

    // When
    try (CapturedLog log = CapturedLog.of(ShadowModel.class.getName());
        ScorerApplication scorer = ScorerApplication.start(config(live, "shadow.path=" + trial));
        CommittedReader<ScoredRecord> scored = reader()) {
      // Then the live one scores alone, and what to set is the other one's key
      assertThat(scored.await(1)).extracting(ScoredRecord::getScore).containsExactly(9.0);
      assertThat(scorer.pipelines().get(0).shadow()).isEmpty();
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("none of the newest 1 records of topic " + input + " has 'f2'")
          .endsWith("set shadow.missingFields: warn");
    }
    // And it is taken if that is set
    try (ScorerApplication scorer =
        ScorerApplication.start(
            config(live, "shadow.path=" + trial, "shadow.missingFields=warn"))) {
      assertThat(scorer.pipelines().get(0).shadow()).isPresent();
    }
  }

  @Test
  void shouldGoOnWhenABundleComesThatEveryTaskWouldFailAt() throws Exception {
    // Given
    Path bundle = folder.resolve("bundle");
    write(bundle, TinyGraph.sumOfSquares(2));
    try (JsonProducer producer = new JsonProducer(broker.bootstrapServers(), input);
        ScorerApplication scorer = ScorerApplication.start(config(bundle));
        CommittedReader<ScoredRecord> scored = reader()) {
      send(producer, "a", 1, 3);
      scored.await(1);

      // When
      TinyBundle.write(bundle, new FeatureSpec(List.of(TinyBundle.lookingBack(200_000))));
      awaitRefusal(scorer);

      // Then
      send(producer, "a", 2, 4);
      assertThat(scored.await(2)).extracting(ScoredRecord::getScore).contains(16.0);
      assertThat(Pages.metrics(scorer.httpPort()))
          .contains("weir_thread_failures_total{cause=\"other\"} 0.0");
    }
    assertThatThrownBy(() -> ScorerApplication.start(config(bundle)))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("the state of a key would take up to");
  }

  private void awaitRefusal(ScorerApplication scorer) throws Exception {
    Await.until(
        "a refusal",
        () ->
            Pages.metrics(scorer.httpPort())
                .contains(
                    "weir_model_reloads_total{outcome=\"refused\""
                        + ",pipeline=\""
                        + input
                        + "\",role=\"live\"} 1.0"));
  }

  @Test
  void shouldNotTakeOverWithAModelWhoseFieldsTheRecordsLack() throws Exception {
    Path bundle = folder.resolve("bundle");
    write(bundle, TinyGraph.sumOfSquares(2));
    try (JsonProducer producer = new JsonProducer(broker.bootstrapServers(), input);
        ScorerApplication scorer = ScorerApplication.start(config(bundle));
        CommittedReader<ScoredRecord> scored = reader()) {
      send(producer, "a", 1, 3);
      scored.await(1);

      // When
      write(bundle, TinyGraph.sumOfSquares(3));
      awaitRefusal(scorer);

      // Then
      send(producer, "a", 2, 4);
      assertThat(scored.await(2)).extracting(ScoredRecord::getScore).contains(16.0);
      assertThat(scorer.pipelines().get(0).model().features().width()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"memory, false", "rocksdb, false", "rocksdb, true", "memory, true"})
  void shouldRememberKeysOverARestart(String store, boolean elsewhere) throws Exception {
    // Given a window of three: weights 1, 2 and 3 of the rows, the score the square of their sum
    Path bundle = folder.resolve("bundle");
    TinyGraph graph = TinyGraph.sumOfSquares(2);
    TinyBundle.write(bundle, 2, 3, graph.onnxOfWindows(3));
    try (JsonProducer producer = new JsonProducer(broker.bootstrapServers(), input);
        CommittedReader<ScoredRecord> scored = reader()) {
      try (ScorerApplication scorer =
          ScorerApplication.start(config(bundle, "state.store=" + store))) {
        send(producer, "a", 1, 1);
        send(producer, "b", 1, 100);
        send(producer, "a", 2, 10);
        scored.await(3);
        assertThat(scorer.recordsScored()).isEqualTo(3);
      }

      // When it starts again, maybe on a machine that has none of its files
      String where = elsewhere ? "kafka.state.dir=" + folder.resolve("elsewhere") : "threads=1";
      try (ScorerApplication again =
          ScorerApplication.start(config(bundle, "state.store=" + store, where))) {
        send(producer, "a", 3, 100);
        send(producer, "b", 2, 100);
        scored.await(5);
        assertThat(again.recordsScored()).isEqualTo(2);
      }

      // Then 1·1 + 2·10 + 3·100 = 321
      assertThat(scored.values())
          .filteredOn(record -> !record.getWarmingUp())
          .extracting(ScoredRecord::getKey, ScoredRecord::getScore)
          .containsExactly(tuple("a", 321.0 * 321));
    }
  }

  @Test
  void shouldBringTheRecordsOfAFieldTogether() throws Exception {
    // Given the same hosts in both partitions
    Path bundle = folder.resolve("bundle");
    TinyBundle.write(bundle, 2, 2, TinyGraph.sumOfSquares(2).onnxOfWindows(2));
    try (ScorerApplication scorer =
            ScorerApplication.start(config(bundle, "input.keyField=host", "threads=2"));
        JsonProducer producer = new JsonProducer(broker.bootstrapServers(), input);
        CommittedReader<ScoredRecord> scored = reader()) {
      // When
      for (int i = 0; i < 100; i++) {
        producer.send("key" + i, i, "{\"f0\": 1, \"f1\": 0, \"host\": \"h" + i % 5 + "\"}");
      }

      // Then all but the first of each are full windows
      assertThat(scored.await(100)).filteredOn(ScoredRecord::getWarmingUp).hasSize(5);
      assertThat(scored.values())
          .extracting(
              record ->
                  tuple(
                      record.getSourceTopic(),
                      record.getSourcePartition(),
                      record.getSourceOffset()))
          .doesNotHaveDuplicates()
          .allSatisfy(place -> assertThat(place.toList().get(0)).isEqualTo(input));
      assertThat(scorer.recordsScored()).isEqualTo(100);
    }
  }

  @Test
  void shouldScoreTwoPipelines() throws Exception {
    // Given
    Path bundle = folder.resolve("bundle");
    write(bundle, TinyGraph.sumOfSquares(2));
    IntStream.range(0, 2).forEach(i -> broker.createTopic(input + "-second" + i, 1));
    String list =
        "{name: one, input: {topic: %1$s}, model: {path: %2$s}, output: {scored: %1$s-scored}}, "
            + "{name: two, input: {pattern: '%1$s-second.'}, model: {path: %2$s}, output: {scored:"
            + " %1$s-scored-two, createTopics: true}}";
    try (ScorerApplication scorer =
            ScorerApplication.start(
                Configs.of(
                    "applicationId=" + input,
                    "kafka.bootstrap.servers=" + broker.bootstrapServers(),
                    "kafka.state.dir=" + folder.resolve("state"),
                    "kafka.commit.interval.ms=100",
                    "schemaRegistry.schema.registry.url=mock://" + input,
                    "http.port=0",
                    "input=",
                    "model=",
                    "pipelines=[" + list.formatted(input, bundle) + "]"));
        JsonProducer first = new JsonProducer(broker.bootstrapServers(), input);
        JsonProducer second = new JsonProducer(broker.bootstrapServers(), input + "-second1");
        CommittedReader<ScoredRecord> one = reader();
        CommittedReader<ScoredRecord> two =
            CommittedReader.avro(
                broker.bootstrapServers(), input + "-scored-two", registry, ScoredRecord.class)) {
      // When
      send(first, "a", 1, 3);
      send(second, "b", 1, 4);

      // Then
      assertThat(one.await(1)).extracting(ScoredRecord::getScore).containsExactly(9.0);
      assertThat(two.await(1)).extracting(ScoredRecord::getScore).containsExactly(16.0);
      assertThat(scorer.pipelines()).extracting(PipelineStatus::name).containsExactly("one", "two");
    }
  }

  private static void write(Path bundle, TinyGraph graph) {
    TinyBundle.write(bundle, graph.width(), graph.onnx());
  }

  private static void send(JsonProducer producer, String key, long time, double value)
      throws Exception {
    producer.send(key, time, "{\"f0\": " + value + ", \"f1\": 0}");
  }

  private CommittedReader<ScoredRecord> reader() {
    return CommittedReader.avro(
        broker.bootstrapServers(), input + "-scored", registry, ScoredRecord.class);
  }

  private ScorerConfig config(Path bundle, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "applicationId=" + input,
                "kafka.bootstrap.servers=" + broker.bootstrapServers(),
                "kafka.commit.interval.ms=100",
                "kafka.state.dir=" + folder.resolve("state"),
                "schemaRegistry.schema.registry.url=mock://" + input,
                "input.topic=" + input,
                "output.scored=" + input + "-scored",
                "model.path=" + bundle,
                "model.watchEvery=50ms",
                "http.port=0"));
    settings.addAll(List.of(more));
    return Configs.of(settings);
  }
}
