package dev.weir.cli.demo;

import dev.weir.schemas.Alert;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.AvroDeserializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed alerts on a thread of its own, as a user's own consumer would. */
final class AlertWatcher implements AutoCloseable {
  private final KafkaConsumer<byte[], Alert> consumer;
  private final ObjLongConsumer<Alert> handler;
  private final Thread thread;
  private volatile boolean closed;
  private final AtomicLong seen = new AtomicLong();

  /**
   * Begins to read.
   *
   * @param handler takes each alert and when it came, in milliseconds since the epoch
   */
  AlertWatcher(
      String bootstrapServers,
      String topic,
      int partitions,
      SchemaRegistry registry,
      ObjLongConsumer<Alert> handler) {
    this.handler = handler;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                20,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new AvroDeserializer<>(registry, Alert.class));
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
    thread = new Thread(this::read, "weir-demo-alerts");
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try (consumer) {
      while (!closed) {
        for (ConsumerRecord<byte[], Alert> record : consumer.poll(Duration.ofMillis(200))) {
          handler.accept(record.value(), System.currentTimeMillis());
          seen.incrementAndGet();
        }
      }
    } catch (WakeupException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  /** Waits until so many alerts have come; false if they did not within the time. */
  boolean awaitSeen(long alerts, Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (seen.get() < alerts && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return seen.get() >= alerts;
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(5000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
