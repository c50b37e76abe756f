package dev.weir.cli.topic;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * The records of a stretch of topics, those of all partitions together in the order of their times,
 * as Kafka Streams takes them. Each partition's own order is kept. It holds a few thousand records
 * of each partition at most. Reads without a group, so that nobody's offsets change.
 *
 * <p>For one thread, but for {@link #stop}.
 */
public final class TopicRange implements AutoCloseable {
  private static final int ENOUGH = 1000;

  /** So many offsets say what time it is at the end of a partition. */
  private static final int AT_THE_END = 20;

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Cluster cluster;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> begin = new HashMap<>();
  private final Map<TopicPartition, Long> end = new HashMap<>();
  private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> waiting =
      new TreeMap<>(
          Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
  private boolean following;
  private volatile boolean stopped;

  private TopicRange(Cluster cluster, KafkaConsumer<byte[], byte[]> consumer) {
    this.cluster = cluster;
    this.consumer = consumer;
  }

  /**
   * Finds a range.
   *
   * @throws InvalidInputException if a topic is not there
   * @throws OperationFailedException if the cluster cannot be asked
   */
  public static TopicRange open(Cluster cluster, List<String> topics, Edge from, Edge to) {
    TopicRange range = new TopicRange(cluster, cluster.consumer());
    try {
      range.find(topics, from, to);
      return range;
    } catch (TimeoutException e) {
      range.close();
      throw new OperationFailedException(
          "Kafka at " + cluster.address() + " does not answer; is bootstrap.servers right?", e);
    } catch (KafkaException e) {
      range.close();
      throw new OperationFailedException(
          "cannot read " + String.join(", ", topics) + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      range.close();
      throw e;
    }
  }

  private void find(List<String> topics, Edge from, Edge to) {
    List<TopicPartition> partitions = new ArrayList<>();
    Set<String> known = consumer.listTopics().keySet();
    for (String topic : topics) {
      if (!known.contains(topic)) {
        throw new InvalidInputException(
            "there is no topic " + topic + " in Kafka at " + cluster.address());
      }
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> last = consumer.endOffsets(partitions);
    begin.putAll(from.resolve(consumer, first, last, false));
    end.putAll(to.resolve(consumer, first, last, true));
    consumer.assign(partitions);
    for (TopicPartition partition : partitions) {
      consumer.seek(partition, begin.get(partition));
      if (size(partition) > 0) {
        waiting.put(partition, new ArrayDeque<>());
      }
    }
    consumer.pause(partitions.stream().filter(p -> !waiting.containsKey(p)).toList());
  }

  private long size(TopicPartition partition) {
    return Math.max(0, end.get(partition) - begin.get(partition));
  }

  /** About how many records there are: what ends a transaction counts, too. */
  public long size() {
    return begin.keySet().stream().mapToLong(this::size).sum();
  }

  /** About how many have been read. */
  public long done() {
    long done = size();
    for (Map.Entry<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> entry :
        waiting.entrySet()) {
      long next =
          entry.getValue().isEmpty()
              ? consumer.position(entry.getKey())
              : entry.getValue().peek().offset();
      done -= Math.max(0, end.get(entry.getKey()) - next);
    }
    return done;
  }

  /**
   * The time at the end of the range: of the last few records of each partition the middle one's,
   * since a clock that is wrong may be among them; and of those the newest. The least value if
   * there are none. To be asked before the first record.
   *
   * @throws OperationFailedException if Kafka stops answering
   */
  public long newestTime() {
    Map<TopicPartition, List<Long>> times = new HashMap<>();
    for (TopicPartition partition : waiting.keySet()) {
      times.put(partition, new ArrayList<>());
      consumer.seek(partition, Math.max(begin.get(partition), end.get(partition) - AT_THE_END));
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!stopped && times.keySet().stream().anyMatch(p -> consumer.position(p) < end.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          TopicPartition partition = new TopicPartition(record.topic(), record.partition());
          if (record.offset() < end.get(partition)) {
            times.get(partition).add(record.timestamp());
          }
        }
        if (System.nanoTime() > deadline) {
          throw silent();
        }
      }
    } catch (WakeupException e) {
      stopped = true;
    }
    times.keySet().forEach(partition -> consumer.seek(partition, begin.get(partition)));
    return times.values().stream()
        .filter(each -> !each.isEmpty())
        .mapToLong(each -> each.stream().sorted().skip(each.size() / 2).findFirst().orElseThrow())
        .max()
        .orElse(Long.MIN_VALUE);
  }

  private OperationFailedException silent() {
    return new OperationFailedException(
        "Kafka at "
            + cluster.address()
            + " has sent nothing for "
            + PATIENCE.toSeconds()
            + " s, and the range is not at its end");
  }

  /** Whether a record of a partition is in the range. */
  public boolean contains(String topic, int partition, long offset) {
    TopicPartition at = new TopicPartition(topic, partition);
    return begin.containsKey(at) && offset >= begin.get(at) && offset < end.get(at);
  }

  /**
   * The next record; empty at the end of the range, and once it is stopped.
   *
   * @throws OperationFailedException if Kafka stops answering
   */
  public Optional<ConsumerRecord<byte[], byte[]>> next() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!stopped && needsMore()) {
      if (poll()) {
        deadline = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw silent();
      }
    }
    if (stopped) {
      return Optional.empty();
    }
    return waiting.values().stream()
        .min(Comparator.comparingLong(records -> records.peek().timestamp()))
        .map(Deque::poll);
  }

  /** Whether a partition of which nothing waits may have more; those at their end are let go. */
  private boolean needsMore() {
    waiting
        .entrySet()
        .removeIf(
            entry ->
                entry.getValue().isEmpty()
                    && consumer.position(entry.getKey()) >= end.get(entry.getKey()));
    return waiting.values().stream().anyMatch(Deque::isEmpty);
  }

  private boolean poll() {
    List<TopicPartition> full = new ArrayList<>();
    List<TopicPartition> open = new ArrayList<>();
    consumer
        .assignment()
        .forEach(
            partition -> {
              Deque<?> records = waiting.get(partition);
              (records == null || records.size() >= ENOUGH ? full : open).add(partition);
            });
    consumer.pause(full);
    consumer.resume(open);
    Map<TopicPartition, Long> before = new HashMap<>();
    open.forEach(partition -> before.put(partition, consumer.position(partition)));
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < end.get(partition)) {
          waiting.get(partition).add(record);
        }
      }
    } catch (WakeupException e) {
      stopped = true;
    }
    return open.stream()
        .anyMatch(partition -> consumer.position(partition) > before.get(partition));
  }

  /**
   * What has come since, in the order in which Kafka gives it; may be nothing. To be asked after
   * the end of a range that ends with {@link Edge.Latest}, and no more once it is stopped.
   */
  public List<ConsumerRecord<byte[], byte[]>> follow() {
    List<ConsumerRecord<byte[], byte[]>> fresh = new ArrayList<>();
    if (stopped) {
      return fresh;
    }
    if (!following) {
      following = true;
      // What came while the range was read has been passed over, as it is not of the range.
      end.forEach(consumer::seek);
      consumer.resume(consumer.assignment());
    }
    try {
      consumer.poll(POLL).forEach(fresh::add);
    } catch (WakeupException e) {
      stopped = true;
    }
    fresh.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
    return fresh;
  }

  /** Whether it was stopped. */
  public boolean isStopped() {
    return stopped;
  }

  /** Ends it soon, from any thread. */
  public void stop() {
    stopped = true;
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
