package dev.weir.benchmarks.soak;

import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertStatus;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.AvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How long alerts take: from a record's timestamp, which its producer set to the time of the send,
 * until a read_committed consumer has the alert of it. Commits are in it. Thread-safe.
 */
final class AlertTimes implements AutoCloseable {
  private final List<Sample> samples = new ArrayList<>();
  private final Thread thread;
  private volatile boolean stopped;

  /** One alert. */
  record Sample(long nanos, long millis) {}

  AlertTimes(String bootstrapServers, String topic, int partitions, SchemaRegistry registry) {
    thread = new Thread(() -> run(bootstrapServers, topic, partitions, registry), "alert-times");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(String bootstrapServers, String topic, int partitions, SchemaRegistry registry) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    try (KafkaConsumer<byte[], Alert> consumer =
        new KafkaConsumer<>(
            settings, new ByteArrayDeserializer(), new AvroDeserializer<>(registry, Alert.class))) {
      consumer.assign(
          IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList());
      while (!stopped) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> add(record.value()));
      }
    }
  }

  /** What goes on or ends says when it did so, and not when the record of it came. */
  private void add(Alert alert) {
    if (alert.getStatus() != AlertStatus.OPENED) {
      return;
    }
    long millis = System.currentTimeMillis() - alert.getEventTime().toEpochMilli();
    synchronized (samples) {
      samples.add(new Sample(System.nanoTime(), millis));
    }
  }

  /** The times of the alerts that came within a span of {@link System#nanoTime()}, sorted. */
  long[] between(long from, long to) {
    synchronized (samples) {
      return samples.stream()
          .filter(sample -> sample.nanos() >= from && sample.nanos() < to)
          .mapToLong(Sample::millis)
          .sorted()
          .toArray();
    }
  }

  @Override
  public void close() {
    stopped = true;
  }
}
