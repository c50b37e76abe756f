package dev.weir.benchmarks.stream;

import dev.weir.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** A topic full of records, which every variant reads from its beginning. */
public record RecordTopic(EmbeddedBroker broker, String name, StreamShape shape) {

  /** What brokers allow by default. */
  private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);

  /** Creates the topic and writes the values to it in turn, record i with key i modulo keys. */
  public static RecordTopic fill(
      EmbeddedBroker broker, String name, StreamShape shape, List<byte[]> values) {
    broker.createTopic(name, shape.partitions());
    RecordTopic topic = new RecordTopic(broker, name, shape);
    topic.write(values);
    return topic;
  }

  /** Writes the values to the topic in turn, record i with key i modulo keys. */
  private void write(List<byte[]> values) {
    try (RecordWriter writer = new RecordWriter(broker.bootstrapServers(), Map.of())) {
      writer.write(this, values);
      writer.finish();
    }
  }

  /**
   * Writes the values to each topic in turn, record i with key i modulo keys, all in one
   * transaction (KIP-98): a {@code read_committed} consumer sees none of them before the last is
   * there.
   */
  public static void writeAtOnce(List<RecordTopic> topics, List<byte[]> values) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            topics.get(0).name(),
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            Math.toIntExact(LONGEST_TRANSACTION.toMillis()));
    try (RecordWriter writer =
        new RecordWriter(topics.get(0).broker().bootstrapServers(), settings)) {
      writer.begin();
      topics.forEach(topic -> writer.write(topic, values));
      writer.commit();
    }
  }
}
