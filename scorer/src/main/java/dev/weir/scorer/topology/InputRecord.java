package dev.weir.scorer.topology;

import dev.weir.schemas.serde.Frame;
import dev.weir.schemas.serde.SchemaId;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A record of the input: what stands in it, where it stood, and when it happened.
 *
 * @param origin where it stood, and the key that it had there
 * @param key by which it is told apart; its own, or that of a field; null if it has none
 * @param value null for a tombstone
 * @param headers as they came; those of a record with another key say its origin
 * @param timeMillis when it happened, milliseconds since 1970, not below 0
 */
@SuppressWarnings("ArrayRecordComponent") // the record's own bytes, never written to
record InputRecord(Origin origin, byte[] key, byte[] value, Headers headers, long timeMillis) {

  /** A record of a pack. */
  static InputRecord of(Pack pack, int index) {
    ConsumerRecord<byte[], byte[]> record = pack.get(index);
    return new InputRecord(
        new Origin(record.topic(), record.partition(), record.offset(), record.key(), true),
        record.key(),
        record.value(),
        record.headers(),
        pack.time(index));
  }

  /** A record that came by itself. */
  static InputRecord of(Record<byte[], Pack> record, RecordMetadata place) {
    return of(
        record, new Origin(place.topic(), place.partition(), place.offset(), record.key(), true));
  }

  /** A record that was given another key. */
  static InputRecord ofRekeyed(Record<byte[], Pack> record) {
    return of(record, Origin.in(record.headers()));
  }

  private static InputRecord of(Record<byte[], Pack> record, Origin origin) {
    return new InputRecord(
        origin, record.key(), record.value().value(), record.headers(), record.timestamp());
  }

  /** As Kafka Streams wants it, with another value. */
  <V> Record<byte[], V> with(V other) {
    return new Record<>(key, other, timeMillis, headers);
  }

  /** What a header says of the value's schema; null without one. */
  byte[] schemaHeader() {
    return Frame.valueSchema(headers);
  }

  /** The schema that it says it was written with, if it is one that has a frame and was read. */
  SchemaId schema() {
    return Frame.of(headers, false, value).schema();
  }
}
