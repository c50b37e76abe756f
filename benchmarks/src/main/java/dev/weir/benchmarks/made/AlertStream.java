package dev.weir.benchmarks.made;

import dev.weir.schemas.Alert;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.AvroDeserializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Alerts as a user reads them, {@code read_committed} and from the first on. */
public final class AlertStream {
  private AlertStream() {}

  /**
   * Reads in a thread of its own until it is closed.
   *
   * @param topic of the alerts
   * @param partitions of the topic
   * @param alerts is given each in that thread as soon as it is there
   */
  public static Background read(
      String bootstrapServers,
      String topic,
      int partitions,
      SchemaRegistry registry,
      Consumer<Alert> alerts) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
    return new Background(
        "reader of " + topic,
        (goesOn, failures) -> {
          try (KafkaConsumer<byte[], Alert> consumer =
              new KafkaConsumer<>(
                  settings,
                  new ByteArrayDeserializer(),
                  new AvroDeserializer<>(registry, Alert.class))) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (goesOn.getAsBoolean()) {
              consumer.poll(Duration.ofMillis(100)).forEach(each -> alerts.accept(each.value()));
            }
          }
        });
  }
}
