package dev.weir.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.Alert;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.registry.LocalRegistryServer;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaDefinition;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaType;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.fixture.Await;
import dev.weir.scorer.fixture.CommittedReader;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.JsonProducer;
import dev.weir.scorer.fixture.LocalPort;
import dev.weir.scorer.fixture.Pages;
import dev.weir.scorer.fixture.TinyBundle;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ScorerApplicationIT {
  private static EmbeddedBroker broker;

  @TempDir private static Path shared;
  @TempDir private Path state;

  private String input;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
    TinyBundle.ofThreeFeatures(shared.resolve("bundle"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void nameTopics(TestInfo test) {
    input = test.getTestMethod().orElseThrow().getName();
  }

  @Test
  void shouldStartScoreAndClose() throws Exception {
    // Given
    createTopics(2, "", "-alerts", "-dead-letter", "-scored");
    ScorerConfig config = config("output.scored=" + input + "-scored");
    SchemaRegistry registry = MockSchemaRegistry.ofScope(input);
    ScorerApplication scorer = ScorerApplication.start(config);
    try (JsonProducer producer = producer()) {
      // When
      assertThat(scorer.awaitReady(Await.PATIENCE)).isTrue();
      for (int i = 0; i < 50; i++) {
        producer.sendCpu("host-" + i, 1_000 + i, i == 42 ? 5 : 2);
      }
      producer.send("broken", 2_000, "{");

      // Then
      try (CommittedReader<ScoredRecord> scored = reader("-scored", registry, ScoredRecord.class);
          CommittedReader<Alert> alerts = reader("-alerts", registry, Alert.class);
          CommittedReader<byte[]> rejected =
              CommittedReader.bytes(broker.bootstrapServers(), input + "-dead-letter")) {
        assertThat(scored.await(50)).extracting(ScoredRecord::getScore).containsOnly(4.0, 25.0);
        assertThat(alerts.await(1)).extracting(Alert::getKey).containsExactly("host-42");
        assertThat(alerts.values().get(0).getContributions())
            .singleElement()
            .satisfies(contribution -> assertThat(contribution.getFeature()).isEqualTo("cpu"));
        assertThat(rejected.await(1)).containsExactly(new byte[] {'{'});
      }
      assertThat(get(scorer, "/health/live").statusCode()).isEqualTo(200);
      assertThat(get(scorer, "/health/ready").statusCode()).isEqualTo(200);
      assertThat(scorer.recordsScored()).isEqualTo(50);
      assertThat(scorer.recordsSeen()).isEqualTo(51);
      assertThat(scorer.alertsRaised()).isEqualTo(1);
    } finally {
      scorer.close();
      scorer.close();
    }
    scorer.awaitStop();
    assertThat(scorer.isLive()).isFalse();
    assertThat(scorer.isReady()).isFalse();
    assertThatThrownBy(() -> get(scorer, "/health/live")).isInstanceOf(IOException.class);
  }

  @Test
  void shouldLeaveThePastAloneIfItStartsFromTheLatest() throws Exception {
    // Given records from before the first start
    createTopics(1, "", "-alerts", "-dead-letter", "-scored");
    try (JsonProducer producer = producer()) {
      for (int i = 0; i < 10; i++) {
        producer.sendCpu("old", 1_000, 2);
      }
    }
    SchemaRegistry registry = MockSchemaRegistry.ofScope(input);
    try (ScorerApplication scorer =
            ScorerApplication.start(
                config("output.scored=" + input + "-scored", "input.startFrom=latest"));
        JsonProducer producer = producer();
        CommittedReader<ScoredRecord> scored = reader("-scored", registry, ScoredRecord.class)) {
      // When new ones come until one of them is scored
      assertThat(scorer.awaitReady(Await.PATIENCE)).isTrue();
      Await.until(
          "a scored record",
          () -> {
            producer.sendCpu("new", 2_000, 2);
            return !scored.poll().isEmpty();
          });

      // Then
      assertThat(scored.values()).extracting(ScoredRecord::getKey).containsOnly("new");
    }
  }

  @Test
  void shouldServeItsMetrics() throws Exception {
    createTopics(1, "", "-alerts", "-dead-letter");
    try (ScorerApplication scorer = ScorerApplication.start(config());
        JsonProducer producer = producer()) {
      producer.sendCpu("host", 1_000, 2);
      producer.sendCpu("host", 1_000, 9);
      Await.until("two scored records", () -> scorer.recordsSeen() == 2);
      String pipeline = "{pipeline=\"" + input + "\"} ";
      // A batch is counted after its records.
      Await.until(
          "their batches",
          () -> get(scorer, "/metrics").body().contains("weir_batch_rows_sum" + pipeline + "2"));

      String metrics = get(scorer, "/metrics").body();

      assertThat(metrics.lines())
          .contains(
              "# HELP weir_scored_records_total Records that were scored",
              "weir_scored_records_total" + pipeline + "2.0")
          .anyMatch(
              line ->
                  line.startsWith(
                      "weir_inference_seconds_count{pipeline=\"" + input + "\",role=\"live\"} "))
          .anyMatch(line -> line.startsWith("weir_batch_rows_sum" + pipeline + "2"))
          .anyMatch(line -> line.startsWith("weir_queue_age_seconds_bucket"))
          .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"))
          .anyMatch(line -> line.startsWith("kafka_stream_"));
    }
  }

  @Test
  void shouldScoreAPartialBatchThatMayWaitLong() throws Exception {
    // Given a wait longer than a transaction may last
    createTopics(1, "", "-alerts", "-dead-letter", "-scored");
    ScorerConfig config =
        config("output.scored=" + input + "-scored", "batch.maxRows=60000", "batch.maxWait=60s");
    try (ScorerApplication scorer = ScorerApplication.start(config);
        JsonProducer producer = producer();
        CommittedReader<ScoredRecord> scored =
            reader("-scored", MockSchemaRegistry.ofScope(input), ScoredRecord.class)) {
      assertThat(scorer.awaitReady(Await.PATIENCE)).isTrue();

      // When
      long begun = System.nanoTime();
      producer.sendCpu("host", 1_000, 2);

      // Then a commit brings it out, while no other record comes
      scored.await(1);
      assertThat(System.nanoTime() - begun).isLessThan(30_000_000_000L);
    }
  }

  @Test
  void shouldCreateMissingOutputsWithAsManyPartitionsAsTheInput() throws Exception {
    createTopics(3, "");

    ScorerApplication.start(
            config("output.createTopics=true", "output.scored=" + input + "-scored"))
        .close();

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Set<String> outputs = Set.of(input + "-alerts", input + "-dead-letter", input + "-scored");
      assertThat(admin.describeTopics(outputs).allTopicNames().get().values())
          .hasSize(3)
          .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(3));
    }
  }

  @Test
  void shouldNameMissingOutputs() {
    createTopics(1, "", "-alerts");

    assertThatThrownBy(() -> ScorerApplication.start(config()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("topic " + input + "-dead-letter")
        .hasMessageNotContaining(input + "-alerts")
        .hasMessageContaining("output.createTopics: true")
        .hasMessageContaining(broker.bootstrapServers());
  }

  @Test
  void shouldNameAMissingInput() {
    assertThatThrownBy(() -> ScorerApplication.start(config("output.createTopics=true")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there is no topic " + input)
        .hasMessageContaining("input.topic");
  }

  @Test
  @Timeout(120)
  void shouldGiveUpOnABrokerThatDoesNotAnswer() throws Exception {
    // Nothing listens on a port that was just closed, and something that says nothing on the other.
    try (ServerSocket silent = LocalPort.taken()) {
      String servers = "127.0.0.1:" + LocalPort.free() + ",127.0.0.1:" + silent.getLocalPort();

      // Several at once: whether a client that is closed then waits for ever is a matter of chance.
      List<CompletableFuture<Throwable>> failures =
          IntStream.range(0, 12)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () ->
                              catchThrowable(
                                  () ->
                                      ScorerApplication.start(
                                          config("kafka.bootstrap.servers=" + servers))),
                          command -> new Thread(command).start()))
              .toList();

      for (CompletableFuture<Throwable> failure : failures) {
        assertThat(failure.get())
            .isInstanceOf(OperationFailedException.class)
            .hasMessageContaining(servers)
            .hasMessageContaining("is it running");
      }
    }
  }

  @Test
  void shouldSayWhichSettingOfKafkaIsWrong() {
    createTopics(1, "", "-alerts", "-dead-letter");

    assertThatThrownBy(() -> ScorerApplication.start(config("kafka.security.protocol=NONE")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("security.protocol")
        .hasMessageContaining("'kafka'");
    assertThatThrownBy(() -> ScorerApplication.start(config("kafka.commit.interval.ms=soon")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("commit.interval.ms");
    assertThatThrownBy(
            () ->
                ScorerApplication.start(
                    config(
                        "schemaRegistry.schema.registry.url=http://127.0.0.1:1",
                        "schemaRegistry.max.retries=few")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("max.retries")
        .hasMessageContaining("'schemaRegistry'");
  }

  @Test
  void shouldSayThatThePortIsInUseAndFreeWhatItHad() throws Exception {
    createTopics(1, "", "-alerts", "-dead-letter");
    try (ServerSocket taken = LocalPort.taken()) {
      assertThatThrownBy(() -> ScorerApplication.start(config("http.port=" + taken.getLocalPort())))
          .isInstanceOf(OperationFailedException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("http.port");
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith(input) && name.contains("StreamThread"));
  }

  @Test
  void shouldRefuseADamagedBundle() throws Exception {
    Path damaged = state.resolve("damaged");
    Files.write(
        TinyBundle.ofThreeFeatures(damaged).modelFile(), new byte[1], StandardOpenOption.APPEND);

    assertThatThrownBy(() -> ScorerApplication.start(config("model.path=" + damaged)))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining(damaged.toString())
        .hasMessageContaining("checksum");
  }

  /** Longer than any budget of failures lasts, and whoever asks is told meanwhile. */
  @Test
  void shouldWaitForARegistryAsLongAsItTakes() throws Exception {
    // Given a registry that goes away, on several threads
    createTopics(4, "", "-alerts", "-dead-letter", "-scored");
    LocalRegistryServer server = LocalRegistryServer.start();
    int port = server.port();
    ScorerConfig config =
        config(
            "threads=4",
            "input.format=json-schema",
            "output.scored=" + input + "-scored",
            "schemaRegistry.max.retries=0",
            "schemaRegistry.schema.registry.url=" + server.url());
    try (SchemaRegistry reader =
            SchemaRegistries.open(Map.of("schema.registry.url", server.url()));
        ScorerApplication scorer = ScorerApplication.start(config);
        CommittedReader<ScoredRecord> scored = reader("-scored", reader, ScoredRecord.class);
        JsonProducer producer = producer()) {
      reader.fetch(1);
      reader.fetch(2);
      assertThat(scorer.awaitReady(Await.PATIENCE)).isTrue();
      server.close();

      // When records come of a schema that nobody knows yet
      for (int i = 0; i < 40; i++) {
        producer.send("k" + i, 1_000 + i, "\0\0\0\0\7{\"cpu\": 2}");
      }

      // Then there are more failures than a budget bears, and the scorer says that it is not ready
      Await.until("failures", () -> failures(scorer, "outage") > FailureBudget.BORNE);
      assertThat(get(scorer, "/health/ready").statusCode()).isEqualTo(503);
      assertThat(get(scorer, "/health/live").statusCode()).isEqualTo(200);
      assertThat(failures(scorer, "other")).isZero();

      // And when it is back, each record is scored once
      try (LocalRegistryServer again = LocalRegistryServer.start(port);
          SchemaRegistry filler =
              SchemaRegistries.open(Map.of("schema.registry.url", again.url()))) {
        for (int i = 1; i <= 7; i++) {
          assertThat(
                  filler.register(
                      "s",
                      new SchemaDefinition(
                          SchemaType.JSON,
                          "{\"type\": \"object\", \"title\": \"" + i + "\"}",
                          List.of())))
              .isEqualTo(i);
        }
        scored.await(40);
        assertEachOnce(scored.values());
      }
    }
  }

  private static double failures(ScorerApplication scorer, String cause) throws Exception {
    String meter = "weir_thread_failures_total{cause=\"" + cause + "\"} ";
    return Pages.sample(scorer.httpPort(), meter).orElseThrow();
  }

  @Test
  void shouldGoOnWhileTheRegistryIsAway() throws Exception {
    // Given a registry that goes away before the first record
    createTopics(2, "", "-alerts", "-dead-letter", "-scored");
    LocalRegistryServer server = LocalRegistryServer.start();
    ScorerConfig config =
        config(
            "output.scored=" + input + "-scored",
            "schemaRegistry.schema.registry.url=" + server.url());
    try (SchemaRegistry registry =
            SchemaRegistries.open(Map.of("schema.registry.url", server.url()));
        ScorerApplication scorer = ScorerApplication.start(config);
        CommittedReader<ScoredRecord> scored = reader("-scored", registry, ScoredRecord.class);
        CommittedReader<Alert> alerts = reader("-alerts", registry, Alert.class);
        JsonProducer producer = producer()) {
      registry.byId(1);
      registry.byId(2);
      server.close();

      // When
      for (int i = 0; i < 40; i++) {
        producer.sendCpu("host-" + i, 1_000 + i, i % 4 == 0 ? 6 : 1);
      }

      // Then
      scored.await(40);
      alerts.await(10);
      assertEachOnce(scored.values());
      assertThat(alerts.values())
          .extracting(Alert::getKey)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 10).mapToObj(i -> "host-" + 4 * i).toList());
      assertThat(scorer.isReady()).isTrue();
    }
  }

  @Test
  void shouldNotStartWithoutItsRegistry() throws Exception {
    createTopics(1, "", "-alerts", "-dead-letter");
    String url = "http://127.0.0.1:" + LocalPort.free();

    assertThatThrownBy(
            () ->
                ScorerApplication.start(
                    config(
                        "schemaRegistry.schema.registry.url=" + url,
                        "schemaRegistry.max.retries=0")))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("registry")
        .hasMessageContaining(url);
  }

  @Test
  void shouldNotRegisterSchemasIfToldSo() throws Exception {
    createTopics(1, "", "-alerts", "-dead-letter");

    assertThatThrownBy(
            () -> ScorerApplication.start(config("schemaRegistry.auto.register.schemas=false")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(input + "-alerts-value");
  }

  @Test
  void shouldGiveUpWhenItsThreadsKeepFailing() throws Exception {
    // Given a producer that takes no alert
    createTopics(1, "", "-alerts", "-dead-letter");
    try (ScorerApplication scorer =
            ScorerApplication.start(config("kafka.producer.max.request.size=100"));
        JsonProducer producer = producer()) {
      producer.sendCpu("host", 1_000, 9);

      // Then
      assertThatThrownBy(scorer::awaitStop)
          .isInstanceOf(OperationFailedException.class)
          .hasMessageContaining("gave up")
          .hasMessageContaining("max.request.size");
      assertThat(get(scorer, "/health/live").statusCode()).isEqualTo(503);
      assertThat(get(scorer, "/health/ready").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void shouldEndAtTheFirstFailureThatAPolicyForbids() throws Exception {
    createTopics(1, "", "-alerts", "-dead-letter");
    try (ScorerApplication scorer = ScorerApplication.start(config("errors.deserialization=fail"));
        JsonProducer producer = producer()) {
      producer.send("host", 1_000, "{broken");

      assertThatThrownBy(scorer::awaitStop)
          .isInstanceOf(OperationFailedException.class)
          .hasMessageStartingWith("the scorer ended at a failure that is not to be tried again: ")
          .hasMessageContaining("errors.deserialization is 'fail'");
    }
  }

  @Test
  void shouldCloseWhileItIsStarting() throws Exception {
    createTopics(1, "", "-alerts", "-dead-letter");

    for (int i = 0; i < 3; i++) {
      ScorerApplication.start(config()).close();
    }

    try (ScorerApplication scorer = ScorerApplication.start(config())) {
      assertThat(scorer.awaitReady(Await.PATIENCE)).isTrue();
    }
  }

  private static void assertEachOnce(List<ScoredRecord> scored) {
    for (int partition = 0; partition < 2; partition++) {
      int here = partition;
      List<Long> offsets =
          scored.stream()
              .filter(record -> record.getSourcePartition() == here)
              .map(ScoredRecord::getSourceOffset)
              .toList();
      assertThat(offsets)
          .containsExactlyElementsOf(LongStream.range(0, offsets.size()).boxed().toList());
    }
    assertThat(scored).hasSize(40);
  }

  private ScorerConfig config(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "applicationId=" + input,
                "kafka.bootstrap.servers=" + broker.bootstrapServers(),
                "kafka.state.dir=" + state,
                // What a failed thread leaves behind is waited for so long.
                "kafka.session.timeout.ms=1000",
                "kafka.heartbeat.interval.ms=200",
                "input.topic=" + input,
                "model.path=" + shared.resolve("bundle"),
                "schemaRegistry.schema.registry.url=mock://" + input,
                "http.port=0"));
    all.addAll(List.of(settings));
    return Configs.of(all);
  }

  private void createTopics(int partitions, String... suffixes) {
    for (String suffix : suffixes) {
      broker.createTopic(input + suffix, partitions);
    }
  }

  private JsonProducer producer() {
    return new JsonProducer(broker.bootstrapServers(), input);
  }

  private <V extends SpecificRecord> CommittedReader<V> reader(
      String suffix, SchemaRegistry registry, Class<V> type) {
    return CommittedReader.avro(broker.bootstrapServers(), input + suffix, registry, type);
  }

  private static HttpResponse<String> get(ScorerApplication scorer, String path) throws Exception {
    return Pages.get(scorer.httpPort(), path);
  }
}
