package dev.weir.benchmarks.stream;

import dev.weir.model.error.OperationFailedException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records as fast as the broker takes them. Not thread-safe. */
final class RecordWriter implements AutoCloseable {
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final KafkaProducer<byte[], byte[]> producer;

  RecordWriter(String bootstrapServers, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    all.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    all.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    producer = new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Begins a transaction, if the settings have an id for it. */
  void begin() {
    producer.initTransactions();
    producer.beginTransaction();
  }

  /** Writes the values to the topic in turn, record i with key i modulo keys. */
  void write(RecordTopic topic, List<byte[]> values) {
    StreamShape shape = topic.shape();
    for (int i = 0; i < shape.records(); i++) {
      int key = i % shape.keys();
      // What becomes of it is told to the callback.
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(
                  topic.name(),
                  key % shape.partitions(),
                  ("host-" + key).getBytes(StandardCharsets.UTF_8),
                  values.get(i % values.size())),
              (metadata, e) -> {
                if (e != null) {
                  failure.compareAndSet(null, e);
                }
              });
    }
  }

  /** Waits until all is written. */
  void finish() {
    producer.flush();
    if (failure.get() != null) {
      throw new OperationFailedException("cannot fill the topic: " + failure.get(), failure.get());
    }
  }

  /** Has all that was written since {@link #begin} be seen. */
  void commit() {
    finish();
    producer.commitTransaction();
  }

  @Override
  public void close() {
    producer.close();
  }
}
