package dev.weir.scorer.topology;

import dev.weir.scorer.config.InputConfig;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.config.ScorerConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Hands Kafka Streams the records of an input partition that a poll has brought in {@link Pack}s.
 *
 * <p>A consumer interceptor may return other records than it was given (KIP-42). What is committed
 * does not change by it: after a pack Kafka Streams commits the consumer's next offsets, which are
 * handed on, and before it the offset of the pack's first record.
 *
 * <p>Where a task reads several topics, Kafka Streams chooses among their records by time; those
 * are packed one by one. Topics of Kafka Streams' own pass as they are. Made by the consumer; for
 * the thread that polls.
 */
public final class RecordPacker implements ConsumerInterceptor<byte[], byte[]> {
  private static final String TOGETHER = "weir.pack.together";
  private static final String APPLICATION = "weir.pack.application";

  /**
   * Of a pack: enough that what Kafka Streams spends on each pack is little, and so few that a
   * commit can come in time however slow the model is; none can come within a pack.
   */
  static final int MOST_RECORDS = 256;

  /** Packs that wait in a task; more are left to the consumer. */
  private static final int BUFFERED = 16;

  private Set<String> together = Set.of();
  private String ownPrefix = "";

  /** Without its settings, which {@link #configure} gives. */
  public RecordPacker() {}

  /**
   * The settings of Kafka Streams with which its consumers pack records.
   *
   * @param settings those that are there; interceptors among them come first, and see records
   */
  public static Map<String, Object> settings(ScorerConfig config, Map<String, Object> settings) {
    String key = ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG;
    List<Object> interceptors = new ArrayList<>();
    for (String prefix : List.of(StreamsConfig.MAIN_CONSUMER_PREFIX, "consumer.", "")) {
      Object others = settings.get(prefix + key);
      if (others != null) {
        interceptors.addAll(others instanceof List<?> list ? list : List.of(split(others)));
        break;
      }
    }
    interceptors.add(RecordPacker.class.getName());
    Map<String, Object> own = new HashMap<>();
    own.put(StreamsConfig.mainConsumerPrefix(key), interceptors);
    own.put(StreamsConfig.mainConsumerPrefix(TOGETHER), packedTogether(config));
    own.put(StreamsConfig.mainConsumerPrefix(APPLICATION), config.applicationId());
    String buffered = StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG;
    if (!settings.containsKey(buffered)
        && config.pipelines().stream().allMatch(RecordPacker::isPacked)) {
      own.put(buffered, BUFFERED);
    }
    return own;
  }

  private static Object[] split(Object classes) {
    return classes.toString().trim().split("\\s*,\\s*");
  }

  private static boolean isPacked(PipelineConfig pipeline) {
    InputConfig input = pipeline.input();
    return input.topicPattern().isEmpty()
        && input.topics().size() == 1
        && input.keyPath().isEmpty();
  }

  private static Set<String> packedTogether(ScorerConfig config) {
    Set<String> topics = new HashSet<>();
    for (PipelineConfig pipeline : config.pipelines()) {
      InputConfig input = pipeline.input();
      if (input.topicPattern().isEmpty() && input.topics().size() == 1) {
        topics.addAll(input.topics());
      }
    }
    return topics;
  }

  @Override
  @SuppressWarnings("unchecked") // put there by settings
  public void configure(Map<String, ?> configs) {
    together = (Set<String>) configs.get(TOGETHER);
    ownPrefix = configs.get(APPLICATION) + "-";
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    if (records.isEmpty()) {
      return records;
    }
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> packed = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      packed.put(partition, packed(partition.topic(), records.records(partition)));
    }
    return new ConsumerRecords<>(packed, records.nextOffsets());
  }

  private List<ConsumerRecord<byte[], byte[]>> packed(
      String topic, List<ConsumerRecord<byte[], byte[]>> records) {
    if (records.isEmpty() || (topic.startsWith(ownPrefix) && topic.endsWith("-repartition"))) {
      return records;
    }
    int most = together.contains(topic) ? MOST_RECORDS : 1;
    List<ConsumerRecord<byte[], byte[]>> packs = new ArrayList<>(records.size() / most + 1);
    for (int i = 0; i < records.size(); i += most) {
      packs.add(Pack.together(records.subList(i, Math.min(records.size(), i + most))));
    }
    return packs;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    // Nothing is remembered of records.
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
