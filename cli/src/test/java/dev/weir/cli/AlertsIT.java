package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.broker.EmbeddedBroker;
import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.AlertStatus;
import dev.weir.schemas.FeatureContribution;
import dev.weir.schemas.Severity;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.serde.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AlertsIT {
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
  private static EmbeddedBroker broker;
  private static KafkaProducer<byte[], byte[]> producer;
  private String topic;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
    producer = producer(Map.of());
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterAll
  static void stopBroker() {
    producer.close();
    broker.close();
  }

  @BeforeEach
  void createTopic(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
    broker.createTopic(topic, 2);
  }

  @Test
  void shouldPrintAlertsInTheOrderOfTime() throws Exception {
    // Given alerts in two partitions
    for (int i = 0; i < 4; i++) {
      send(i % 2, alert("host-" + i, i, i == 3 ? Severity.CRITICAL : Severity.LOW));
    }

    // When
    CommandRun run = run();

    // Then
    assertThat(run.exitCode()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(1 + 2 * 4);
    assertThat(lines.get(0)).startsWith("TIME ").contains("SEVERITY", "KEY", "CHANCE");
    assertThat(lines.get(1)).contains("LOW", "host-0", "1 in 100,000");
    assertThat(lines.get(2))
        .contains("cpu 97.5 where 41 was expected (90 % of the score)", "[metrics-0 at 0]");
    assertThat(lines.get(3)).contains("host-1");
    assertThat(lines.get(7)).contains("CRITICAL", "host-3");
    assertThat(run.out()).as("no colours into a file").doesNotContain("\u001b");
  }

  @Test
  void shouldPrintALineOfJsonForEach() throws Exception {
    send(0, alert("a \"quoted\"\nkey", 7, Severity.HIGH));

    CommandRun run = run("--json");

    assertThat(run.out().lines()).hasSize(1);
    JsonNode alert = new ObjectMapper().readTree(run.out());
    assertThat(alert.get("key").asText()).isEqualTo("a \"quoted\"\nkey");
    assertThat(alert.get("severity").asText()).isEqualTo("HIGH");
    assertThat(alert.get("eventTime").asText()).isEqualTo("2026-03-01T12:00:07Z");
    assertThat(alert.get("sourceOffset").asLong()).isEqualTo(7);
    assertThat(alert.get("incidentId").isNull()).isTrue();
    assertThat(alert.at("/contributions/0/feature").asText()).isEqualTo("cpu");
    assertThat(alert.at("/contributions/0/expected").asDouble()).isEqualTo(41);
    assertThat(alert.size()).isEqualTo(Alert.getClassSchema().getFields().size());
  }

  @Test
  void shouldBeginAndEndWhereItIsTold() throws Exception {
    for (int i = 0; i < 6; i++) {
      send(0, alert("host-" + i, i, Severity.LOW));
    }

    assertThat(run("--json", "--limit=2").out()).containsSubsequence("host-0", "host-1");
    assertThat(run("--json", "--limit=2").out().lines()).hasSize(2);
    assertThat(run("--json", "--from=0:4").out().lines()).hasSize(2);
    assertThat(run("--json", "--from=2026-03-01T12:00:03Z").out().lines()).hasSize(3);
    assertThat(run("--json", "--from=latest").out()).isEmpty();
  }

  @Test
  void shouldFollowWhatComes() throws Exception {
    // Given an alert from before, and one who follows
    send(0, alert("before", 1, Severity.LOW));
    CompletableFuture<CommandRun> following =
        CompletableFuture.supplyAsync(() -> run("--json", "--follow", "--limit=3"));

    // When alerts come until it has three of them
    int sent = 0;
    while (!following.isDone()) {
      send(sent % 2, alert("now-" + sent++, sent, Severity.LOW));
      TimeUnit.MILLISECONDS.sleep(50);
    }

    // Then
    assertThat(following.get().out().lines()).hasSize(3).allMatch(line -> line.contains("now-"));
  }

  @Test
  void shouldFollowFromThePastWithoutAGap() throws Exception {
    // Given many old alerts in one of two partitions, and one who reads them while more come
    List<Future<?>> old = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      old.add(producer.send(record(0, alert("old", i, Severity.LOW))));
    }
    for (Future<?> sending : old) {
      sending.get();
    }
    CompletableFuture<CommandRun> following =
        CompletableFuture.supplyAsync(
            () -> run("--json", "--follow", "--from=earliest", "--limit=6000"));

    // When
    int sent = 3_000;
    while (!following.isDone()) {
      send(sent % 2, alert("now", sent++, Severity.LOW));
    }

    // Then
    ObjectMapper json = new ObjectMapper();
    List<Integer> offsets = new ArrayList<>();
    for (String line : following.get().out().lines().toList()) {
      offsets.add(json.readTree(line).get("sourceOffset").asInt());
    }
    assertThat(offsets).hasSize(6_000);
    assertThat(offsets.subList(0, 3_000)).isEqualTo(IntStream.range(0, 3_000).boxed().toList());
    for (int partition = 0; partition < 2; partition++) {
      int its = partition;
      List<Integer> fresh =
          offsets.stream().skip(3_000).filter(offset -> offset % 2 == its).toList();
      assertThat(fresh)
          .isEqualTo(
              IntStream.range(0, fresh.size()).map(i -> 3_000 + its + 2 * i).boxed().toList());
    }
  }

  @Test
  void shouldNotPrintWhatACrashHasTakenBack() throws Exception {
    try (KafkaProducer<byte[], byte[]> transactional =
        producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic))) {
      transactional.initTransactions();
      transactional.beginTransaction();
      transactional.send(record(0, alert("taken-back", 1, Severity.LOW))).get();
      transactional.abortTransaction();
    }
    send(0, alert("kept", 2, Severity.LOW));

    assertThat(run("--json").out()).contains("kept").doesNotContain("taken-back");
  }

  @Test
  void shouldLetNoKeyMoveTheCursor() throws Exception {
    send(0, alert("\u001b[2Jgone\u0007\u202e", 1, Severity.LOW));

    assertThat(run().out()).contains("?[2Jgone??").doesNotContain("\u001b", "\u0007", "\u202e");
  }

  @Test
  void shouldLeaveOutWhatIsNoAlert() throws Exception {
    producer.send(new ProducerRecord<>(topic, 0, null, new byte[] {1, 2, 3})).get();
    send(0, alert("host", 1, Severity.LOW));

    CommandRun run = run("--json");

    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.err()).contains("offset 0 of " + topic + "-0 is no alert");
  }

  @Test
  void shouldSayWhatIsMissing() {
    assertThat(CommandRun.of("alerts").err()).contains("--bootstrap", "--config");
    assertThat(CommandRun.of("alerts", "--bootstrap=localhost:1").err()).contains("--registry");
    CommandRun noTopic =
        CommandRun.of(
            "alerts", "--bootstrap=" + broker.bootstrapServers(), "--registry=mock://alerts");
    assertThat(noTopic.exitCode()).isEqualTo(2);
    assertThat(noTopic.err()).contains("--topic");
    assertThat(run("--topic=nowhere").err()).contains("there is no topic nowhere");
    assertThat(run("--from=soon").err()).contains("--from is 'soon'");
    assertThat(run("--limit=0").err()).contains("--limit");
  }

  private CommandRun run(String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("alerts");
    arguments.add("--bootstrap=" + broker.bootstrapServers());
    arguments.add("--registry=mock://alerts");
    if (Arrays.stream(more).noneMatch(option -> option.startsWith("--topic"))) {
      arguments.add("--topic=" + topic);
    }
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private void send(int partition, Alert alert) throws Exception {
    producer.send(record(partition, alert)).get();
  }

  private ProducerRecord<byte[], byte[]> record(int partition, Alert alert) {
    try (AvroSerializer<Alert> serializer =
        new AvroSerializer<>(MockSchemaRegistry.ofScope("alerts"))) {
      return new ProducerRecord<>(
          topic,
          partition,
          alert.getEventTime().toEpochMilli(),
          alert.getKey().getBytes(StandardCharsets.UTF_8),
          serializer.serialize(topic, alert));
    }
  }

  private static Alert alert(String key, long offset, Severity severity) {
    return Alert.newBuilder()
        .setId("p:metrics:0:" + offset)
        .setKey(key)
        .setEventTime(BEGIN.plusSeconds(offset))
        .setDetectionTime(BEGIN.plusSeconds(offset))
        .setPipeline("p")
        .setModelName("tiny")
        .setModelVersion("1")
        .setModelFamily("autoencoder")
        .setScore(20)
        .setThreshold(11)
        .setProbability(1e-5)
        .setFalseAlarmRate(1e-4)
        .setSeverity(severity)
        .setContributions(List.of(new FeatureContribution("cpu", 97.5, 41.0, 0.9, null, null)))
        .setSourceTopic("metrics")
        .setSourcePartition(0)
        .setSourceOffset(offset)
        .setKind(AlertKind.ANOMALY)
        .setStatus(AlertStatus.RECORD)
        .build();
  }
}
