package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The simulated fleet on a broker that is there. */
@Timeout(180)
class SimulateIT {
  private static final int SERVERS = 24;
  private static final int HISTORY = 7 * 24 * 30 * SERVERS;

  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void shouldGoOnWhereItsHistoryEnded(@TempDir Path folder) throws Exception {
    // Given
    CommandRun history = simulate("HISTORY", "--topic", "fleet", "--partitions", "2");
    assertThat(history.exitCode()).as(history.err()).isZero();
    List<String> week = read("fleet", 2);
    assertThat(week).hasSize(HISTORY);

    // When
    Path health = folder.resolve("health");
    CompletableFuture<CommandRun> running =
        CompletableFuture.supplyAsync(
            () ->
                simulate(
                    "STREAM",
                    "--topic=fleet",
                    "--rate=20",
                    "--duration=6s",
                    "--fault-every=5s",
                    "--health-file=" + health));
    while (!running.isDone()
        && !(Files.exists(health) && Files.readString(health).endsWith(" yes\n"))) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(running).as("it was well while it ran").isNotDone();
    CommandRun stream = running.get(60, TimeUnit.SECONDS);

    // Then
    assertThat(stream.exitCode()).as(stream.err()).isZero();
    assertThat(stream.out())
        .contains("streaming 480 records a second to topic fleet, with a fault every 5 s")
        .contains("(fault begins: ")
        .contains("2,880 records streamed");
    assertThat(health).doesNotExist();
    List<String> all = read("fleet", 2);
    assertThat(all).hasSize(HISTORY + 20 * 6 * SERVERS);
    assertThat(all.stream().map(SimulateIT::time).sorted().skip(HISTORY).findFirst())
        .hasValue("2026-03-12T06:00:00Z");
    assertThat(week.stream().map(SimulateIT::time).max(String::compareTo))
        .hasValue("2026-03-12T05:58:00Z");
  }

  @Test
  void shouldLeaveRecordsOfOthersAlone() throws Exception {
    // Given
    broker.createTopic("mine", 1);
    copy(List.of(new ProducerRecord<>("mine", null, "{}".getBytes(StandardCharsets.UTF_8))));

    // When
    CommandRun again = simulate("HISTORY", "--topic", "mine");

    // Then
    assertThat(again.exitCode()).isZero();
    assertThat(again.out())
        .contains("topic mine holds other records than this history's, and is left as it is");
    assertThat(read("mine", 1)).containsExactly("{}");
  }

  @Test
  void shouldWriteAHistoryOnceAndGoOnWithOneThatWasInterrupted() throws Exception {
    // Given a whole history, and of another topic's three partitions what a killed writer may leave
    assertThat(simulate("HISTORY", "--topic=whole", "--partitions=3").exitCode()).isZero();
    Map<Integer, List<ConsumerRecord<byte[], byte[]>>> whole =
        records("whole", 3).stream().collect(Collectors.groupingBy(ConsumerRecord::partition));
    assertThat(whole).hasSize(3);
    broker.createTopic("part", 3);
    copy(beginning(whole.get(0), 1));
    copy(beginning(whole.get(1), 500));

    // When
    CommandRun again = simulate("HISTORY", "--topic=whole");
    CommandRun part = simulate("HISTORY", "--topic=part");
    CommandRun once = simulate("HISTORY", "--topic=part");

    // Then
    assertThat(again.out()).contains("topic whole holds the whole history already");
    assertThat(part.exitCode()).as(part.err()).isZero();
    assertThat(part.out())
        .contains("topic part holds 501 records of an interrupted history, which goes on")
        .contains("120,459 records");
    assertThat(once.out()).contains("topic part holds the whole history already");
    Map<Integer, List<ConsumerRecord<byte[], byte[]>>> both =
        records("part", 3).stream().collect(Collectors.groupingBy(ConsumerRecord::partition));
    whole.forEach(
        (partition, records) ->
            assertThat(both.get(partition))
                .extracting(record -> text(record.value()))
                .containsExactlyElementsOf(
                    records.stream().map(record -> text(record.value())).toList()));
    assertThat(records("whole", 3)).hasSize(HISTORY);
  }

  private static List<ProducerRecord<byte[], byte[]>> beginning(
      List<ConsumerRecord<byte[], byte[]>> records, int count) {
    return records.subList(0, count).stream()
        .map(each -> new ProducerRecord<>("part", each.partition(), each.key(), each.value()))
        .toList();
  }

  private static void copy(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (ProducerRecord<byte[], byte[]> each : records) {
        producer.send(each).get(60, TimeUnit.SECONDS);
      }
    }
    long there = records(records.get(0).topic(), records.get(0).partition() == null ? 1 : 3).size();
    assertThat(there).isGreaterThanOrEqualTo(records.size());
  }

  @Test
  void shouldSayWhatIsWrongWithTheCommandLine() {
    assertThat(CommandRun.of("simulate", "STREAM", "--kafka", "acks=all").err())
        .contains("--kafka bootstrap.servers=HOST:PORT is needed");
    CommandRun rate = simulate("STREAM", "--rate=0");
    assertThat(rate.err()).contains("--rate must be 1 to 1000");
    assertThat(rate.exitCode()).isEqualTo(2);
  }

  private static CommandRun simulate(String... arguments) {
    List<String> all = new ArrayList<>(List.of("simulate"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--kafka", "bootstrap.servers=" + broker.bootstrapServers()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static String time(String json) {
    String name = "\"time\":\"";
    int begin = json.indexOf(name) + name.length();
    return json.substring(begin, json.indexOf('"', begin));
  }

  private static List<String> read(String topic, int partitions) {
    return records(topic, partitions).stream().map(record -> text(record.value())).toList();
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  /** All that is in the topic now. */
  private static List<ConsumerRecord<byte[], byte[]>> records(String topic, int partitions) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
