package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.broker.EmbeddedBroker;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.config.ConfigReader;
import dev.weir.scorer.ScorerApplication;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.trainer.TrainingRun;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.network.TrainingProgress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replay with the same model must say what the scorer has said, and one with another must not.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ReplayIT {
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 900;
  private static final long BEGIN = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final long STEP = 1_000;
  private static final String INCIDENTS_AND_SILENCE =
      "alerts: {incidents: {openAfter: 2, among: 4, updateEvery: 30s, closeAfter: 1m},"
          + " silence: {after: 3m}}";
  private static EmbeddedBroker broker;
  @TempDir private static Path folder;
  private static Bundle windowed;
  private static Bundle other;

  @BeforeAll
  static void prepare() throws Exception {
    broker = EmbeddedBroker.start();
    windowed = train("windowed", "model.window=3", "threshold.falseAlarmRate=0.02");
    other = train("other", "model.window=1", "threshold.falseAlarmRate=0.2");
  }

  private static Bundle train(String name, String... more) throws Exception {
    Path target = Files.createDirectory(folder.resolve(name));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "name=" + name,
                "source.type=csv",
                "source.files=" + TinyHistory.csv(target.resolve("history.csv"), 2000, 1),
                "model.hiddenLayers=[8, 2]",
                "model.epochs=5"));
    settings.addAll(List.of(more));
    return new TrainingRun(
            ConfigReader.of(settings, TrainConfig.class),
            TrainingProgress.SILENT,
            Clock.systemUTC())
        .run(target.resolve("bundle"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void shouldAgreeWithTheScorerIfTheModelIsTheSame(TestInfo test) throws Exception {
    assertAgreement(test, "", BEGIN, "");
  }

  @Test
  void shouldAgreeOnIncidentsAndSilence(TestInfo test) throws Exception {
    assertAgreement(test, INCIDENTS_AND_SILENCE, BEGIN, "");
  }

  @Test
  void shouldAgreeIfKeysAreFoundInAField(TestInfo test) throws Exception {
    assertAgreement(
        test,
        "alerts: {incidents: {openAfter: 2, among: 4, closeAfter: 1m}}",
        BEGIN,
        ", keyField: host");
  }

  /** A history that was simulated, say; its scorer was told to take times that are so far ahead. */
  @Test
  void shouldAgreeThoughAllRecordsAreAheadOfTheClock(TestInfo test) throws Exception {
    long begin = Instant.parse("2126-03-01T12:00:00Z").toEpochMilli();
    assertAgreement(
        test,
        INCIDENTS_AND_SILENCE,
        begin,
        ", clockTolerance: 50000d",
        "--set=input.clockTolerance=1h");
  }

  @Test
  void shouldAgreeThoughAClockWasWrong(TestInfo test) throws Exception {
    // Given a host whose clock is centuries ahead, which would silence all others
    String topic = test.getTestMethod().orElseThrow().getName();
    broker.createTopic(topic, PARTITIONS);
    long wrong = Instant.parse("2526-03-01T12:00:00Z").toEpochMilli();
    String json = TinyHistory.json(TinyHistory.row(new SplittableRandom(3)));
    for (int partition = 0; partition < PARTITIONS; partition++) {
      sendOne(topic, partition, BEGIN, json);
      sendOne(topic, partition, wrong, json);
    }
    Path config = config(topic, INCIDENTS_AND_SILENCE, "");
    long published = scoreAll(topic, config, BEGIN, 2 * PARTITIONS);

    // When
    CommandRun run = replay(config);

    // Then
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertThat(report.get("publishedAlerts").asLong()).isEqualTo(published).isGreaterThan(5);
    assertThat(report.get("onlyPublishedTop")).as(run.out()).isEmpty();
    assertThat(report.get("onlyCandidateTop")).as(run.out()).isEmpty();
  }

  private static CommandRun replay(Path config, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "replay",
                "--config=" + config,
                "--model=" + windowed.folder(),
                "--from=earliest",
                "--json"));
    arguments.addAll(List.of(more));
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private void assertAgreement(
      TestInfo test, String alerts, long begin, String input, String... more) throws Exception {
    // Given what a scorer has published
    String topic = test.getTestMethod().orElseThrow().getName();
    Path config = config(topic, alerts, input);
    broker.createTopic(topic, PARTITIONS);
    long published = scoreAll(topic, config, begin, 0);
    assertThat(published).isGreaterThan(5);
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets(topic);
    Set<String> topics = topics();

    // When
    CommandRun run = replay(config, more);

    // Then
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertThat(report.get("onlyPublishedTop")).as(run.out()).isEmpty();
    assertThat(report.get("onlyCandidateTop")).as(run.out()).isEmpty();
    assertThat(report.get("publishedAlerts").asLong()).isEqualTo(published);
    assertThat(report.get("candidateAlerts").asLong()).isEqualTo(published);
    assertThat(report.get("publishedInBoth").asLong()).isEqualTo(report.get("published").asLong());
    assertThat(report.get("scored").asLong()).isEqualTo(RECORDS);
    assertThat(report.at("/rejected/malformed").asLong()).isEqualTo(1);
    assertThat(report.get("from").asText()).isEqualTo(Instant.ofEpochMilli(begin).toString());
    // And nobody's offsets have moved, and nothing was made
    assertThat(offsets(topic)).isEqualTo(offsets);
    assertThat(topics()).isEqualTo(topics);
  }

  @Test
  void shouldListWhatAnotherModelSaysOtherwise(TestInfo test) throws Exception {
    // Given
    String topic = test.getTestMethod().orElseThrow().getName();
    Path config = config(topic, "", "");
    score(topic, config);

    // When
    CommandRun run =
        CommandRun.of(
            "replay", "--config=" + config, "--model=" + other.folder(), "--from=0", "--top=2");

    // Then it raises more, since it was asked to
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("weir replay: other ")
        .containsPattern("records +900, from 2026-03-01 .* to 2026-03-01")
        .containsPattern("published +\\d+; the candidate raises \\d+ of them, too")
        .containsPattern("only candidate +\\d\\d+\n    2026-03-01 .*  host-\\d +chance 1 in .*")
        .containsPattern("and \\d+ more")
        .doesNotContain("\u001b");
  }

  @Test
  void shouldKeepToTheRange(TestInfo test) throws Exception {
    // Given
    String topic = test.getTestMethod().orElseThrow().getName();
    Path config = config(topic, "", "");
    score(topic, config);

    // When
    JsonNode report =
        new ObjectMapper()
            .readTree(
                CommandRun.of(
                        "replay",
                        "--config=" + config,
                        "--model=" + other.folder(),
                        "--from=" + Instant.ofEpochMilli(BEGIN + 300 * STEP),
                        "--to=" + Instant.ofEpochMilli(BEGIN + 600 * STEP),
                        "--json")
                    .out());

    // Then
    assertThat(report.get("scored").asLong()).isEqualTo(300);
    assertThat(report.get("from").asText()).isEqualTo("2026-03-01T12:05:00Z");
    assertThat(report.get("to").asText()).isEqualTo("2026-03-01T12:09:59Z");
    for (JsonNode alarm : report.get("onlyPublishedTop")) {
      assertThat(alarm.get("from").asText()).isBetween("2026-03-01T12:05", "2026-03-01T12:10");
    }
  }

  @Test
  void shouldSayWhatIsMissing() {
    String bundle = windowed.folder().toString();

    assertThat(CommandRun.of("replay", "--model=" + bundle, "--from=earliest").err())
        .contains("--bootstrap", "--config");
    CommandRun noTopic =
        CommandRun.of(
            "replay",
            "--model=" + bundle,
            "--bootstrap=" + broker.bootstrapServers(),
            "--registry=mock://replay",
            "--topic=nowhere",
            "--from=earliest");
    assertThat(noTopic.exitCode()).isEqualTo(2);
    assertThat(noTopic.err()).contains("there is no topic nowhere");
    CommandRun badEdge = CommandRun.of("replay", "--model=" + bundle, "--from=yesterday");
    assertThat(badEdge.exitCode()).isEqualTo(2);
    assertThat(badEdge.err()).contains("--from is 'yesterday'", "2026-03-01T14:00:00Z");
    CommandRun noModel = CommandRun.of("replay", "--model=/no/such", "--from=earliest");
    assertThat(noModel.exitCode()).isEqualTo(2);
    assertThat(noModel.err()).contains("/no/such");
  }

  /**
   * A scorer's config.
   *
   * @param input more of that part of it
   */
  private static Path config(String topic, String alerts, String input) throws Exception {
    return Files.writeString(
        folder.resolve(topic + ".yaml"),
        """
        applicationId: %s
        kafka: {bootstrap.servers: "%s", state.dir: "%s"}
        schemaRegistry: {schema.registry.url: "mock://replay"}
        input: {topic: %s%s}
        model: {path: "%s"}
        output: {createTopics: true}
        http: {port: 0}
        %s
        """
            .formatted(
                topic,
                broker.bootstrapServers(),
                folder.resolve(topic + "-state"),
                topic,
                input,
                windowed.folder(),
                alerts));
  }

  /** Sends records and scores them; gives the number of alerts. */
  private static long score(String topic, Path config) throws Exception {
    broker.createTopic(topic, PARTITIONS);
    return scoreAll(topic, config, BEGIN, 0);
  }

  /**
   * Sends records, the first one with a time, to a topic, and scores all that is there.
   *
   * @param others how many there are already
   */
  private static long scoreAll(String topic, Path config, long begin, int others) throws Exception {
    send(topic, begin);
    try (ScorerApplication scorer =
        ScorerApplication.start(ConfigReader.read(config, List.of(), ScorerConfig.class))) {
      long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (scorer.recordsSeen() < RECORDS + 1 + others && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(scorer.recordsSeen()).isEqualTo(RECORDS + 1 + others);
      return scorer.alertsRaised();
    }
  }

  /** Six hosts; one is faulty now and then, and another one stops in the middle. */
  private static void sendOne(String topic, int partition, long time, String json)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      send(producer, topic, partition, time, "wrong", json);
    }
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void send(String topic, long begin) throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int i = 0; i < RECORDS; i++) {
        int host = i > 400 && i % 6 == 5 ? 4 : i % 6;
        double[] row = TinyHistory.row(random);
        row[2] += host == 2 && i % 200 > 140 ? 4 : 0;
        String json = TinyHistory.json(row).replace("}", ",\"host\":\"host-" + host + "\"}");
        send(producer, topic, host % PARTITIONS, begin + i * STEP, "host-" + host, json);
      }
      send(producer, topic, 0, begin + RECORDS * STEP, "host-0", "{");
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      int partition,
      long time,
      String key,
      String json)
      throws Exception {
    producer
        .send(
            new ProducerRecord<>(
                topic,
                partition,
                time,
                key.getBytes(StandardCharsets.UTF_8),
                json.getBytes(StandardCharsets.UTF_8)))
        .get();
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsets(String group) throws Exception {
    try (Admin admin = admin()) {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    }
  }

  private static Set<String> topics() throws Exception {
    try (Admin admin = admin()) {
      return admin.listTopics().names().get();
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }
}
