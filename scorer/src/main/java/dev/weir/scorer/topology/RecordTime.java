package dev.weir.scorer.topology;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record's own timestamp as its event time, where it can be one.
 *
 * <p>One that is below zero, as very old clients write it, becomes the partition's time so far:
 * Kafka Streams' own extractors would stop at such a record, or drop it. So does one that is
 * further ahead of the clock than clocks differ: time never goes back, and all other keys of the
 * partition would be behind from then on. What it said stands in a header, for the alert on it.
 * Times that have passed are taken as they are, whatever the clock says: records that are read
 * again have the times that they had.
 *
 * <p>Remembers of each topic what its timestamps say, which nobody is told after it. Thread-safe.
 */
final class RecordTime {
  private static final Logger log = LoggerFactory.getLogger(RecordTime.class);

  /** The time that a record had, if it is not the one that it is taken at. */
  private static final String HEADER = "weir.event.time";

  private final Map<String, RecordClock> clocks = new ConcurrentHashMap<>();
  private final Set<String> toldOf = ConcurrentHashMap.newKeySet();
  private final LongSupplier clock;

  /**
   * By a clock.
   *
   * @param clock in milliseconds since 1970
   */
  RecordTime(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Takes the times of a source's records.
   *
   * @param tolerance how far ahead of the clock a time may be
   */
  TimestampExtractor extractor(Duration tolerance) {
    long ahead = tolerance.toMillis();
    return (record, partitionTime) -> extract(record, partitionTime, ahead);
  }

  /** For a pack, the newest time in it; each of its records then has its own. */
  private long extract(ConsumerRecord<Object, Object> record, long partitionTime, long ahead) {
    return record.value() instanceof Pack pack && pack.hasRecords()
        ? pack.stamp(this, partitionTime, ahead)
        : of(record, partitionTime, ahead);
  }

  /**
   * When a record happened.
   *
   * @param partitionTime the newest time in its partition before it; below zero if there is none
   * @param ahead of the clock it may be so many milliseconds
   * @return milliseconds since 1970, not below 0
   */
  long of(ConsumerRecord<?, ?> record, long partitionTime, long ahead) {
    RecordClock says =
        record.timestampType() == TimestampType.LOG_APPEND_TIME
            ? RecordClock.APPEND
            : RecordClock.EVENT;
    if (clocks.get(record.topic()) != says) {
      clocks.put(record.topic(), says);
    }
    Headers headers = record.headers();
    if (headers.lastHeader(HEADER) != null) {
      // It came through another Weir, and says nothing of this topic.
      headers.remove(HEADER);
    }
    long timestamp = record.timestamp();
    if (timestamp < 0) {
      return Math.max(0, partitionTime);
    }
    if (timestamp <= partitionTime || timestamp - ahead <= clock.getAsLong()) {
      return timestamp;
    }
    headers.add(HEADER, ByteBuffer.allocate(Long.BYTES).putLong(timestamp).array());
    tell(record, ahead);
    return Math.max(0, partitionTime);
  }

  private void tell(ConsumerRecord<?, ?> record, long ahead) {
    if (toldOf.add(record.topic())) {
      log.atWarn()
          .addKeyValue("topic", record.topic())
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .log(
              "a record says that it is of {}, more than {} ahead of this machine's clock; it, and"
                  + " others like it, count as if they came at the time of the records before them"
                  + " (weir_future_records_total). Look at the producer's clock and at the unit of"
                  + " its timestamps, which is milliseconds; if they are right, raise"
                  + " input.clockTolerance, or have the topic's message.timestamp.type be"
                  + " LogAppendTime",
              Instant.ofEpochMilli(record.timestamp()),
              Duration.ofMillis(ahead));
    }
  }

  /** Whether a record says that it is of a time that is too far ahead. */
  static boolean isFromFuture(Headers headers) {
    return headers.lastHeader(HEADER) != null;
  }

  /** When a record happened, as it says itself, in milliseconds since 1970. */
  static long eventMillis(Record<?, ?> record) {
    Header said = record.headers().lastHeader(HEADER);
    return said == null ? record.timestamp() : ByteBuffer.wrap(said.value()).getLong();
  }

  /** The headers that a record came with. */
  static Headers removedFrom(Headers headers) {
    return headers.remove(HEADER);
  }

  /** What the timestamps of a topic say; of one that another instance reads, nobody knows. */
  RecordClock clock(String topic) {
    return clocks.getOrDefault(topic, RecordClock.EVENT);
  }
}
