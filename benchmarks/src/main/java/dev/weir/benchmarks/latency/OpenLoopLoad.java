package dev.weir.benchmarks.latency;

import dev.weir.model.error.OperationFailedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes each record when it is due, whatever becomes of those before: an open loop. One that is
 * late is sent at once, and how late it was is kept.
 */
final class OpenLoopLoad {
  private static final int KEYS = 1000;
  private static final int LINGER_MILLIS = 1;

  /** Sleeping for less costs more than it is worth. */
  private static final long SHORTEST_SLEEP_NANOS = 200_000;

  private final String bootstrapServers;
  private final String topic;
  private final List<byte[]> usual;
  private final List<byte[]> anomalous;

  OpenLoopLoad(String bootstrapServers, String topic, List<byte[]> usual, List<byte[]> anomalous) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.usual = usual;
    this.anomalous = anomalous;
  }

  /**
   * Sends all records of a schedule, and returns when they are written.
   *
   * @return by how many microseconds the sends of records that count were late
   * @throws OperationFailedException if one cannot be written, or lies elsewhere than it should
   */
  Histogram send(Schedule schedule) {
    Histogram late = Delays.histogram();
    AtomicReference<String> failure = new AtomicReference<>();
    byte[][] keys = new byte[KEYS][];
    for (int key = 0; key < KEYS; key++) {
      keys[key] = ("host-" + key).getBytes(StandardCharsets.UTF_8);
    }
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.LINGER_MS_CONFIG,
            LINGER_MILLIS,
            ProducerConfig.BATCH_SIZE_CONFIG,
            64 * 1024);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long i = 0; i < schedule.records() && failure.get() == null; i++) {
        long now = await(schedule.intendedNanos(i));
        if (schedule.counts(i)) {
          late.recordValue(Delays.micros(now - schedule.intendedNanos(i)));
        }
        List<byte[]> values = schedule.isAnomalous(i) ? anomalous : usual;
        long expected = schedule.offset(i);
        // What becomes of it is told to the callback.
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(
                    topic,
                    schedule.partition(i),
                    keys[(int) (i % KEYS)],
                    values.get((int) (i % values.size()))),
                (metadata, e) -> {
                  if (e != null) {
                    failure.compareAndSet(null, "cannot write: " + e);
                  } else if (metadata.offset() != expected) {
                    failure.compareAndSet(
                        null,
                        "a record is at offset %d of %s and not at %d, so nobody knows when it was due"
                            .formatted(metadata.offset(), topic, expected));
                  }
                });
      }
    }
    if (failure.get() != null) {
      throw new OperationFailedException(failure.get());
    }
    return late;
  }

  private static long await(long intendedNanos) {
    long now = System.nanoTime();
    while (now < intendedNanos) {
      LockSupport.parkNanos(Math.max(intendedNanos - now, SHORTEST_SLEEP_NANOS));
      if (Thread.currentThread().isInterrupted()) {
        throw new OperationFailedException("interrupted while records were sent");
      }
      now = System.nanoTime();
    }
    return now;
  }
}
