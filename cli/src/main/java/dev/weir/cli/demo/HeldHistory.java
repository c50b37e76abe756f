package dev.weir.cli.demo;

import dev.weir.schemas.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * How much of the simulated history a topic holds already.
 *
 * <p>The history is the same each time, and Kafka keeps the order of a partition's records: what an
 * interrupted writer has left is the beginning of the history in each partition.
 */
final class HeldHistory {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Of each partition: how many records of the history it holds. */
  private final long[] held;

  private HeldHistory(long[] held) {
    this.held = held;
  }

  /**
   * Looks at what is in a topic.
   *
   * @param history all of it, from its first record on
   * @return empty if the topic holds records that are not the history's
   */
  static Optional<HeldHistory> in(
      String topic, Map<String, String> kafka, Iterator<DemoRecord> history) {
    Map<String, Object> settings = new HashMap<>(Secrets.resolveAll("kafka", kafka));
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long[] written = new long[partitions.size()];
      ends.forEach((partition, end) -> written[partition.partition()] = end);
      if (Arrays.stream(written).sum() == 0) {
        return Optional.of(new HeldHistory(written));
      }
      List<Part> parts =
          partitions.stream().map(p -> new Part(p, begins.get(p), ends.get(p))).toList();
      while (history.hasNext()) {
        DemoRecord record = history.next();
        parts.stream()
            .filter(part -> part.partition.partition() == partition(record, partitions.size()))
            .forEach(part -> part.expect(record));
      }
      boolean ours = parts.stream().allMatch(part -> part.isOurs(consumer));
      return ours ? Optional.of(new HeldHistory(written)) : Optional.empty();
    }
  }

  /** A partition, whose first and last records are held against those of the history. */
  private static final class Part {
    private final TopicPartition partition;
    private final long begin;
    private final long end;
    private final Map<Long, byte[]> edges = new HashMap<>();
    private long count;

    Part(TopicPartition partition, long begin, long end) {
      this.partition = partition;
      this.begin = begin;
      this.end = end;
    }

    /** The history's next record of this partition. */
    void expect(DemoRecord record) {
      if (count >= begin && (count == begin || count == end - 1)) {
        edges.put(count, record.json());
      }
      count++;
    }

    /** What Kafka has deleted as too old is not looked at, nor what came after the history. */
    boolean isOurs(KafkaConsumer<byte[], byte[]> consumer) {
      return (count > 0 || end == 0)
          && edges.entrySet().stream()
              .filter(edge -> edge.getKey() < end)
              .allMatch(
                  edge -> Arrays.equals(read(consumer, partition, edge.getKey()), edge.getValue()));
    }
  }

  /** The value at that offset; of the first record after it if there is none. */
  private static byte[] read(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long offset) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, offset);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      List<ConsumerRecord<byte[], byte[]>> records =
          consumer.poll(Duration.ofMillis(200)).records(partition);
      if (!records.isEmpty()) {
        return records.get(0).value();
      }
    }
    return new byte[0];
  }

  /** Where Kafka's own partitioner puts it. */
  private static int partition(DemoRecord record, int partitions) {
    byte[] key = record.entity().getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  /** How many records the topic holds. */
  long records() {
    return Arrays.stream(held).sum();
  }

  /** What is not there yet, in the order of the history. */
  Iterator<DemoRecord> missing(Iterator<DemoRecord> history) {
    long[] seen = new long[held.length];
    return new Iterator<>() {
      private DemoRecord next = advance();

      private DemoRecord advance() {
        while (history.hasNext()) {
          DemoRecord record = history.next();
          int number = partition(record, held.length);
          if (seen[number]++ >= held[number]) {
            return record;
          }
        }
        return null;
      }

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public DemoRecord next() {
        if (next == null) {
          throw new NoSuchElementException();
        }
        DemoRecord now = next;
        next = advance();
        return now;
      }
    };
  }
}
