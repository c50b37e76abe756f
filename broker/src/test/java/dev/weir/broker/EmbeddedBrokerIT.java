package dev.weir.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void shouldHandOutCommittedRecordsOnlyToReadCommitted() {
    // Given
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic("rows", 3);

      // When
      try (KafkaProducer<String, String> producer = producer(broker, "a-transaction")) {
        producer.initTransactions();
        producer.beginTransaction();
        write(producer, "rows", "a", "aborted");
        producer.abortTransaction();
        producer.beginTransaction();
        write(producer, "rows", "a", "committed 1");
        write(producer, "rows", "b", "committed 2");
        producer.commitTransaction();
        producer.beginTransaction();
        write(producer, "rows", "c", "open");

        // Then
        assertThat(read(broker, "rows", "read_committed", 2))
            .containsExactlyInAnyOrder("committed 1", "committed 2");
        assertThat(read(broker, "rows", "read_uncommitted", 4))
            .containsExactlyInAnyOrder("aborted", "committed 1", "committed 2", "open");
        producer.abortTransaction();
      }
    }
  }

  @Test
  void shouldKeepRecordsAndPortWhenRestartedOnTheSameFolder(@TempDir Path dir) {
    // Given
    String address;
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, Map.of())) {
      address = broker.bootstrapServers();
      broker.createTopic("rows", 1);
      send(broker, "rows", "before");
    }
    assertThat(dir).isDirectory();

    // When
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, Map.of())) {
      send(broker, "rows", "after");

      // Then
      assertThat(broker.bootstrapServers()).isEqualTo(address);
      assertThat(read(broker, "rows", "read_uncommitted", 2)).containsExactly("before", "after");
    }
  }

  @Test
  void shouldServeOnTheGivenPort(@TempDir Path dir) {
    int port = FreePorts.next();

    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, port, Map.of())) {
      assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      broker.createTopic("rows", 1);
    }
  }

  @Test
  void shouldDeleteItsTemporaryFolderWhenClosedAndCloseTwice() {
    // Given
    EmbeddedBroker broker = EmbeddedBroker.start();
    broker.createTopic("rows", 1);
    send(broker, "rows", "one");
    assertThat(broker.folder()).isNotEmptyDirectory();

    // When
    broker.close();
    broker.close();

    // Then
    assertThat(broker.folder()).doesNotExist();
    assertThat(FreePorts.inUse(port(broker))).isFalse();
  }

  @Test
  void shouldCloseWhileClientsAreConnected() {
    EmbeddedBroker broker = EmbeddedBroker.start();
    broker.createTopic("rows", 1);
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", "readers");
    try (KafkaProducer<String, String> producer = producer(broker, "left-open");
        KafkaConsumer<String, String> consumer =
            new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      // Given
      consumer.subscribe(List.of("rows"));
      consumer.poll(Duration.ofMillis(500));
      producer.initTransactions();
      producer.beginTransaction();
      write(producer, "rows", "a", "never committed");

      // When
      broker.close();

      // Then
      assertThat(broker.folder()).doesNotExist();
      producer.close(Duration.ZERO);
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  @Test
  void shouldSayWhenASettingIsWrong() {
    assertThatThrownBy(() -> EmbeddedBroker.start(Map.of("num.io.threads", "many")))
        .hasMessageContaining("num.io.threads")
        .hasMessageContaining("many");
  }

  @Test
  void shouldKeepTwoBrokersApart() {
    try (EmbeddedBroker right = EmbeddedBroker.start()) {
      right.createTopic("rows", 1);

      // When
      try (EmbeddedBroker left = EmbeddedBroker.start()) {
        left.createTopic("rows", 1);
        send(left, "rows", "left");
        send(right, "rows", "right");

        // Then
        assertThat(left.bootstrapServers()).isNotEqualTo(right.bootstrapServers());
        assertThat(read(left, "rows", "read_uncommitted", 1)).containsExactly("left");
        assertThat(read(right, "rows", "read_uncommitted", 1)).containsExactly("right");
      }
      send(right, "rows", "still there");
      assertThat(read(right, "rows", "read_uncommitted", 2))
          .containsExactly("right", "still there");
    }
  }

  @Test
  void shouldApplyOverridesAndTopicSettings() throws ExecutionException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(Map.of("auto.create.topics.enable", "true"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      broker.createTopic("table", 4, Map.of("cleanup.policy", "compact"));

      send(broker, "made-by-asking", "one");

      assertThat(admin.listTopics().names().get()).contains("table", "made-by-asking");
      assertThat(
              admin
                  .describeTopics(List.of("table"))
                  .allTopicNames()
                  .get()
                  .get("table")
                  .partitions())
          .hasSize(4);
    }
  }

  @Test
  void shouldSayWhyATopicCannotBeCreated() {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic("rows", 1);

      assertThatThrownBy(() -> broker.createTopic("rows", 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("rows")
          .hasMessageContaining("already exists");
    }
  }

  @Test
  void shouldSayWhichPortIsTaken(@TempDir Path dir) throws IOException {
    int port = FreePorts.next();
    try (ServerSocket taken =
        new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      assertThat(taken.isBound()).isTrue();

      assertThatThrownBy(() -> EmbeddedBroker.start(dir, port, Map.of()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("in use");
    }

    // The failed start left nothing behind that would stand in the way of the next.
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, port, Map.of())) {
      assertThat(broker.bootstrapServers()).endsWith(":" + port);
    }
  }

  @Test
  void shouldRefuseOverridesThatMoveTheNode() {
    assertThatThrownBy(() -> EmbeddedBroker.start(Map.of("listeners", "PLAINTEXT://:9092")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[listeners]");
  }

  @Test
  void shouldTurnKafkasExitsIntoExceptions() {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThatThrownBy(() -> Exit.halt(1, "a fatal fault"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a fatal fault");
      assertThatThrownBy(() -> Exit.exit(1)).isInstanceOf(IllegalStateException.class);
      broker.createTopic("rows", 1);
    }
  }

  @Test
  void shouldPrintNothingToStandardOutput() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic("rows", 1);
    } finally {
      System.setOut(before);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private static int port(EmbeddedBroker broker) {
    String address = broker.bootstrapServers();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private static void send(EmbeddedBroker broker, String topic, String value) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0),
            new StringSerializer(),
            new StringSerializer())) {
      write(producer, topic, "key", value);
    }
  }

  private static void write(
      KafkaProducer<String, String> producer, String topic, String key, String value) {
    try {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError("Cannot write to " + topic, e);
    }
  }

  private static KafkaProducer<String, String> producer(EmbeddedBroker broker, String id) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", id),
        new StringSerializer(),
        new StringSerializer());
  }

  /** Reads from the start through a consumer group until there are so many values, or too late. */
  private static List<String> read(
      EmbeddedBroker broker, String topic, String isolation, int expected) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "group.id",
            isolation + expected,
            "isolation.level",
            isolation,
            "auto.offset.reset",
            "earliest");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (values.size() < expected && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(200))) {
          values.add(each.value());
        }
      }
    }
    return values;
  }
}
