package dev.weir.benchmarks.stream;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.model.error.OperationFailedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic full of records, which every variant reads from its beginning. */
public record RecordTopic(EmbeddedBroker broker, String name, StreamShape shape) {

  /** Creates the topic and writes the values to it in turn, record i with key i modulo keys. */
  public static RecordTopic fill(
      EmbeddedBroker broker, String name, StreamShape shape, List<byte[]> values) {
    broker.createTopic(name, shape.partitions());
    RecordTopic topic = new RecordTopic(broker, name, shape);
    topic.write(values);
    return topic;
  }

  /** Writes the values to the topic in turn, record i with key i modulo keys. */
  public void write(List<byte[]> values) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 * 1024);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < shape.records(); i++) {
        int key = i % shape.keys();
        // What becomes of it is told to the callback.
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(
                    name,
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
    if (failure.get() != null) {
      throw new OperationFailedException("cannot fill the topic: " + failure.get(), failure.get());
    }
  }
}
