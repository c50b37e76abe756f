package dev.weir.scorer.topology;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Records of one partition that go through Kafka Streams as if they were one; or a single record's
 * value.
 *
 * <p>Kafka Streams spends about as much on a record, whatever becomes of it, as it takes to read
 * and score one. {@link RecordPacker} has it spend that once for all records of a partition that a
 * poll brings. They travel in a header of the record that stands for them, which holds the objects
 * themselves: nothing is copied, and nothing of it is ever written. For the thread that polls.
 */
final class Pack implements Header {
  private static final String KEY = "weir.pack";
  private static final byte[] NOTHING = {};

  private final List<ConsumerRecord<byte[], byte[]>> records;
  private final byte[] value;
  private final long[] times;

  private Pack(List<ConsumerRecord<byte[], byte[]>> records, byte[] value) {
    this.records = records;
    this.value = value;
    times = new long[records.size()];
  }

  /** Of a record that Kafka Streams itself knows the place and time of. */
  static Pack ofValue(byte[] value) {
    return new Pack(List.of(), value);
  }

  /**
   * Makes one record of several, in the place of the first: there a commit has to begin again that
   * comes before they are processed.
   *
   * @param records of one partition, in their order; at least one
   */
  static ConsumerRecord<byte[], byte[]> together(List<ConsumerRecord<byte[], byte[]>> records) {
    ConsumerRecord<byte[], byte[]> first = records.get(0);
    int keys = 0;
    int values = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      keys += Math.max(0, record.serializedKeySize());
      values += Math.max(0, record.serializedValueSize());
    }
    return new ConsumerRecord<>(
        first.topic(),
        first.partition(),
        first.offset(),
        first.timestamp(),
        first.timestampType(),
        keys,
        values,
        null,
        NOTHING,
        new RecordHeaders(List.of(new Pack(records, NOTHING))),
        first.leaderEpoch());
  }

  /** Reads the values of a source. */
  static Serde<Pack> serde() {
    Deserializer<Pack> deserializer =
        new Deserializer<>() {
          @Override
          public Pack deserialize(String topic, byte[] data) {
            return ofValue(data);
          }

          @Override
          public Pack deserialize(String topic, Headers headers, byte[] data) {
            return in(headers).orElseGet(() -> ofValue(data));
          }
        };
    return Serdes.serdeFrom((topic, pack) -> pack.value(), deserializer);
  }

  private static Optional<Pack> in(Headers headers) {
    return headers.lastHeader(KEY) instanceof Pack pack ? Optional.of(pack) : Optional.empty();
  }

  /** Whether these are whole records; otherwise there is the value of one alone. */
  boolean hasRecords() {
    return !records.isEmpty();
  }

  /** In their order. */
  int size() {
    return records.size();
  }

  ConsumerRecord<byte[], byte[]> get(int index) {
    return records.get(index);
  }

  /** When a record happened, milliseconds since 1970; known once {@link #stamp} was called. */
  long time(int index) {
    return times[index];
  }

  /**
   * Finds out when the records happened.
   *
   * @param partitionTime the newest time in the partition before them; below zero if there is none
   * @return the newest time among them
   */
  long stamp(RecordTime time, long partitionTime) {
    long before = partitionTime;
    long newest = 0;
    for (int i = 0; i < times.length; i++) {
      times[i] = time.of(records.get(i), before);
      before = Math.max(before, times[i]);
      newest = Math.max(newest, times[i]);
    }
    return newest;
  }

  @Override
  public String key() {
    return KEY;
  }

  /** The single record's value, null for a tombstone; nothing if there are whole records. */
  @Override
  public byte[] value() {
    return value;
  }
}
