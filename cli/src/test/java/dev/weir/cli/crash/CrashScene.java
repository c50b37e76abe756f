package dev.weir.cli.crash;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.schemas.Alert;
import dev.weir.schemas.ComparedRecord;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.registry.LocalRegistryServer;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.AvroDeserializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A broker, a registry, a topic of records, and scorers in processes of their own. All that was
 * started ends with it.
 */
final class CrashScene implements AutoCloseable {
  static final String INPUT = "records";
  static final int PARTITIONS = 3;

  private final Path folder;
  private final LocalRegistryServer registryServer;
  private final SchemaRegistry registry;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private EmbeddedBroker broker;

  CrashScene(Path folder) throws IOException {
    this.folder = folder;
    broker = EmbeddedBroker.start(folder.resolve("broker"), Map.of());
    registryServer = LocalRegistryServer.start();
    registry = SchemaRegistries.open(Map.of("schema.registry.url", registryServer.url()));
    broker.createTopic(INPUT, PARTITIONS);
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /**
   * How many records the input holds. A producer whose broker restarts may write one twice; to
   * scorers these are two.
   */
  long recordsWritten() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          IntStream.range(0, PARTITIONS)
              .mapToObj(partition -> new TopicPartition(INPUT, partition))
              .toList();
      return consumer.endOffsets(all).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Stops the broker, and starts it again on what it has on its disk, at the same address. */
  void restartBroker() {
    broker.close();
    broker = EmbeddedBroker.start(folder.resolve("broker"), Map.of());
  }

  /**
   * Starts an instance of an application, whose outputs begin with its name.
   *
   * @param instance tells instances of one application apart
   * @param settings more lines of its config
   */
  ScorerProcess start(String application, String instance, Path bundle, String settings)
      throws IOException {
    return start(
        application, instance, bundle, "num.standby.replicas: 0", "format: json", settings);
  }

  /**
   * Does the same.
   *
   * @param kafka a line of that part of its config
   * @param input a line of that part of its config
   */
  ScorerProcess start(
      String application, String instance, Path bundle, String kafka, String input, String settings)
      throws IOException {
    Path config =
        Files.writeString(
            folder.resolve(application + "-" + instance + ".yaml"),
            """
            applicationId: %1$s
            kafka:
              bootstrap.servers: %2$s
              state.dir: %3$s
              session.timeout.ms: 2000
              heartbeat.interval.ms: 300
              producer.transaction.timeout.ms: 3000
              %8$s
            input:
              topic: %4$s
              %9$s
            model:
              path: %5$s
              watchEvery: 100ms
            output:
              alerts: %1$s-alerts
              deadLetter: %1$s-dead-letter
              scored: %1$s-scored
              createTopics: true
            schemaRegistry:
              schema.registry.url: %6$s
            batch:
              maxRows: 256
              maxWait: 20ms
            threads: 2
            http:
              port: 0
            %7$s
            """
                .formatted(
                    application,
                    bootstrapServers(),
                    folder.resolve("state-" + application + "-" + instance),
                    INPUT,
                    bundle,
                    registryServer.url(),
                    settings,
                    kafka,
                    input));
    ScorerProcess scorer =
        ScorerProcess.start(
            config, folder.resolve("scorer-" + application + "-" + instance + ".log").toFile());
    closing.push(scorer::close);
    return scorer;
  }

  CommittedTopic<ScoredRecord> scored(String application) {
    return open(application + "-scored", new AvroDeserializer<>(registry, ScoredRecord.class));
  }

  CommittedTopic<ComparedRecord> compared(String application) {
    return open(application + "-compared", new AvroDeserializer<>(registry, ComparedRecord.class));
  }

  CommittedTopic<Alert> alerts(String application) {
    return open(application + "-alerts", new AvroDeserializer<>(registry, Alert.class));
  }

  CommittedTopic<byte[]> deadLetters(String application) {
    return open(application + "-dead-letter", new ByteArrayDeserializer());
  }

  private <V> CommittedTopic<V> open(String topic, Deserializer<V> values) {
    CommittedTopic<V> opened = new CommittedTopic<>(bootstrapServers(), topic, PARTITIONS, values);
    closing.push(opened::close);
    return opened;
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
    registry.close();
    registryServer.close();
    broker.close();
  }
}
