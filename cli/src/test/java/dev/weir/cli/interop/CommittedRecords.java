package dev.weir.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** What Weir itself reads of its topics, which have one partition here. */
final class CommittedRecords {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Within which one too many would come. */
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private CommittedRecords() {}

  /** Waits for so many records, from the beginning; fails if more come, or they do not. */
  static <V> List<ConsumerRecord<byte[], V>> await(
      String bootstrapServers, String topic, long count, Deserializer<V> values) {
    try (KafkaConsumer<byte[], V> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
            new ByteArrayDeserializer(),
            values)) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      List<ConsumerRecord<byte[], V>> records = new ArrayList<>();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (records.size() < count && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      consumer.poll(A_MOMENT).forEach(records::add);
      assertThat((long) records.size()).as("records in %s", topic).isEqualTo(count);
      return records;
    }
  }
}
