package dev.weir.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** What a read_committed consumer sees of a topic that may not be there yet. */
final class CommittedTopic<V> implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String topic;
  private final KafkaConsumer<byte[], V> consumer;
  private final List<ConsumerRecord<byte[], V>> records = new ArrayList<>();

  CommittedTopic(String bootstrapServers, String topic, int partitions, Deserializer<V> values) {
    this.topic = topic;
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 500);
    consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), values);
    List<TopicPartition> all = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      all.add(new TopicPartition(topic, partition));
    }
    consumer.assign(all);
  }

  /** What was taken so far, in the order of each partition. */
  List<ConsumerRecord<byte[], V>> records() {
    return Collections.unmodifiableList(records);
  }

  int count() {
    return records.size();
  }

  /** Takes what is committed by now. */
  void poll() {
    int before;
    do {
      before = records.size();
      consumer.poll(Duration.ofMillis(500)).forEach(records::add);
    } while (records.size() > before);
  }

  /** Waits until there are so many, while one of the scorers at least is running. */
  void awaitCount(long wanted, ScorerProcess... scorers) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (records.size() < wanted) {
      consumer.poll(Duration.ofMillis(50)).forEach(records::add);
      if (scorers.length > 0) {
        assertThat(scorers).as("scorers").anyMatch(ScorerProcess::isAlive);
      }
      assertThat(System.nanoTime())
          .as("%d of %d records came to %s", records.size(), wanted, topic)
          .isLessThan(end);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
