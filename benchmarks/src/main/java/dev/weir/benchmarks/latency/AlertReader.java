package dev.weir.benchmarks.latency;

import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.Alert;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.AvroDeserializer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads alerts as a user does, {@code read_committed}, in a thread of its own, and keeps for each
 * how long after the moment intended for its record it came. Thread-safe.
 */
final class AlertReader implements AutoCloseable {
  private final Schedule schedule;
  private final Histogram delays = Delays.histogram();
  private final BitSet seen = new BitSet();
  private final Thread thread;
  private long anomaliesSeen;
  private RuntimeException failure;
  private volatile boolean stopped;

  AlertReader(String bootstrapServers, String topic, Schedule schedule, SchemaRegistry registry) {
    this.schedule = schedule;
    thread = new Thread(() -> run(bootstrapServers, topic, registry), "alert-reader");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(String bootstrapServers, String topic, SchemaRegistry registry) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    try (KafkaConsumer<byte[], Alert> consumer =
        new KafkaConsumer<>(
            settings, new ByteArrayDeserializer(), new AvroDeserializer<>(registry, Alert.class))) {
      List<TopicPartition> partitions =
          IntStream.range(0, schedule.partitions())
              .mapToObj(p -> new TopicPartition(topic, p))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!stopped) {
        for (ConsumerRecord<byte[], Alert> each : consumer.poll(Duration.ofMillis(100))) {
          add(each.value(), System.nanoTime());
        }
      }
    } catch (RuntimeException e) {
      synchronized (this) {
        failure = e;
      }
    }
  }

  private synchronized void add(Alert alert, long nowNanos) {
    long record = schedule.record(alert.getSourcePartition(), alert.getSourceOffset());
    int bit = Math.toIntExact(record);
    if (seen.get(bit)) {
      // At least once means that it may come again; its first time counts.
      return;
    }
    seen.set(bit);
    if (schedule.isAnomalous(record)) {
      anomaliesSeen++;
    }
    if (schedule.counts(record)) {
      delays.recordValue(Delays.micros(nowNanos - schedule.intendedNanos(record)));
    }
  }

  /**
   * Waits for the alerts of all records that were made anomalous.
   *
   * @return how many have not come
   */
  long awaitAll(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (missing() > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return missing();
  }

  private synchronized long missing() {
    if (failure != null) {
      throw new OperationFailedException("cannot read alerts: " + failure, failure);
    }
    return schedule.anomalies() - anomaliesSeen;
  }

  /** Of the alerts of records that count, so far. */
  synchronized Histogram delays() {
    return delays.copy();
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
