package dev.weir.scorer.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A record's own timestamp as its event time.
 *
 * <p>One that is below zero, as very old clients write it, becomes the partition's time so far:
 * Kafka Streams' own extractors would stop at such a record, or drop it.
 *
 * <p>Remembers of each topic what its timestamps say, which nobody is told after it. Thread-safe.
 */
final class RecordTime implements TimestampExtractor {
  private final Map<String, RecordClock> clocks = new ConcurrentHashMap<>();

  /** For a pack, the newest time in it; each of its records then has its own. */
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.value() instanceof Pack pack && pack.hasRecords()
        ? pack.stamp(this, partitionTime)
        : of(record, partitionTime);
  }

  /**
   * When a record happened.
   *
   * @param partitionTime the newest time in its partition before it; below zero if there is none
   * @return milliseconds since 1970, not below 0
   */
  long of(ConsumerRecord<?, ?> record, long partitionTime) {
    RecordClock clock =
        record.timestampType() == TimestampType.LOG_APPEND_TIME
            ? RecordClock.APPEND
            : RecordClock.EVENT;
    if (clocks.get(record.topic()) != clock) {
      clocks.put(record.topic(), clock);
    }
    return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
  }

  /** What the timestamps of a topic say; of one that another instance reads, nobody knows. */
  RecordClock clock(String topic) {
    return clocks.getOrDefault(topic, RecordClock.EVENT);
  }
}
