package dev.weir.benchmarks.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Bare consumers, one a thread, which look at nothing: the limit. */
final class ConsumeVariant implements Variant {
  private final RecordTopic topic;

  ConsumeVariant(RecordTopic topic) {
    this.topic = topic;
  }

  @Override
  public String name() {
    return "consume";
  }

  @Override
  public String description() {
    return "bare consumers";
  }

  @Override
  public long records() {
    return topic.shape().records();
  }

  @Override
  public Speed run(long records) {
    LongAdder read = new LongAdder();
    AtomicBoolean stopped = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < topic.shape().threads(); thread++) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int p = thread; p < topic.shape().partitions(); p += topic.shape().threads()) {
        partitions.add(new TopicPartition(topic.name(), p));
      }
      Thread consumer = new Thread(() -> consume(partitions, read, stopped), "consume-" + thread);
      consumer.start();
      threads.add(consumer);
    }
    try {
      return Rate.untilReached(read::sum, records);
    } finally {
      stopped.set(true);
      threads.forEach(ConsumeVariant::join);
    }
  }

  private void consume(List<TopicPartition> partitions, LongAdder read, AtomicBoolean stopped) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            topic.broker().bootstrapServers(),
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            2000,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!stopped.get()) {
        read.add(consumer.poll(Duration.ofMillis(100)).count());
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
