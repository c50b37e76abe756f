package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.secret.Secrets;
import dev.weir.trainer.config.KafkaSourceConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The records of a topic between two points, which are fixed when it is opened.
 *
 * <p>Reads committed records only, one of each partition in turn, so that the same topic always
 * comes in the same order. Joins no consumer group and commits nothing. Not thread-safe.
 */
final class TopicRange implements Iterator<ConsumerRecord<byte[], byte[]>>, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private final String servers;
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  /** Partitions that are not read to their end, in the order of their turns. */
  private final Deque<TopicPartition> turns = new ArrayDeque<>();

  private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> polled = new HashMap<>();

  private TopicRange(KafkaConsumer<byte[], byte[]> consumer, String topic, String servers) {
    this.consumer = consumer;
    this.topic = topic;
    this.servers = servers;
  }

  static TopicRange open(KafkaSourceConfig config) {
    Optional<Instant> from = config.start();
    Optional<Instant> to = config.end();
    Map<String, Object> settings = Secrets.resolveAll("source.kafka", config.kafka());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    // What retention deletes while we read is gone; without this, so would be all that follows.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "20000");
    settings.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "15000");
    // Every attempt to connect is a warning in the log.
    settings.putIfAbsent(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, "500");
    settings.putIfAbsent(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "5000");
    String servers = config.kafka().get("bootstrap.servers");
    KafkaConsumer<byte[], byte[]> consumer = null;
    try {
      consumer =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      TopicRange range = new TopicRange(consumer, config.topic(), servers);
      range.seek(from, to);
      return range;
    } catch (RuntimeException e) {
      if (consumer != null) {
        consumer.close();
      }
      throw e instanceof KafkaException ? failure(servers, config.topic(), e) : e;
    }
  }

  private static RuntimeException failure(String servers, String topic, RuntimeException e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    if (root instanceof ConfigException) {
      return new InvalidInputException(
          "Kafka's consumer does not take the settings of source.kafka: "
              + root.getMessage()
              + " (bootstrap.servers is "
              + servers
              + "); mend the setting",
          e);
    }
    return new OperationFailedException(
        "cannot read topic "
            + topic
            + " from the broker at "
            + servers
            + ": "
            + root.getMessage()
            + "; is it running, is source.kafka.bootstrap.servers right, and may you read the topic?",
        e);
  }

  private void seek(Optional<Instant> from, Optional<Instant> to) {
    List<PartitionInfo> infos =
        Optional.ofNullable(consumer.listTopics().get(topic)).orElse(List.of());
    if (infos.isEmpty()) {
      throw new InvalidInputException(
          "there is no topic "
              + topic
              + " on the broker at "
              + servers
              + "; check source.topic and source.kafka.bootstrap.servers");
    }
    List<TopicPartition> partitions =
        infos.stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .sorted(Comparator.comparing(TopicPartition::partition))
            .toList();
    turns.addAll(partitions);
    partitions.forEach(partition -> polled.put(partition, new ArrayDeque<>()));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    ends.putAll(consumer.endOffsets(partitions));
    to.ifPresent(instant -> ends.putAll(offsets(partitions, instant)));
    from.ifPresent(instant -> offsets(partitions, instant).forEach(consumer::seek));
  }

  /** The first offset of each partition at or after a time; its end if there is none. */
  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, Instant time) {
    Map<TopicPartition, Long> wanted =
        partitions.stream().collect(Collectors.toMap(p -> p, p -> time.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp offset = found.get(partition);
      offsets.put(partition, offset == null ? ends.get(partition) : offset.offset());
    }
    return offsets;
  }

  @Override
  public boolean hasNext() {
    try {
      long giveUp = System.nanoTime() + PATIENCE.toNanos();
      while (!turns.isEmpty() && polled.get(turns.peek()).isEmpty()) {
        if (consumer.position(turns.peek()) >= ends.get(turns.peek())) {
          turns.remove();
        } else if (poll()) {
          giveUp = System.nanoTime() + PATIENCE.toNanos();
        } else if (System.nanoTime() - giveUp > 0) {
          throw new OperationFailedException(
              "%s of the broker at %s gave no record for %d s before its end; is the broker running?"
                  .formatted(turns.peek(), servers, PATIENCE.toSeconds()));
        }
      }
      return !turns.isEmpty();
    } catch (KafkaException e) {
      throw failure(servers, topic, e);
    }
  }

  /** Asks for more of the partitions that have nothing left. */
  private boolean poll() {
    for (Map.Entry<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> p : polled.entrySet()) {
      boolean isEnough = !p.getValue().isEmpty() || !turns.contains(p.getKey());
      if (isEnough) {
        consumer.pause(List.of(p.getKey()));
      } else {
        consumer.resume(List.of(p.getKey()));
      }
    }
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      if (record.offset() < ends.get(partition)) {
        polled.get(partition).add(record);
      }
    }
    return !records.isEmpty();
  }

  @Override
  public ConsumerRecord<byte[], byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    TopicPartition partition = turns.remove();
    turns.add(partition);
    return polled.get(partition).remove();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
