package dev.weir.scorer.topology;

import dev.weir.schemas.serde.SchemaId;
import dev.weir.scorer.alert.RecordSource;
import dev.weir.scorer.alert.Verdict;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record's verdict, on its way to be published.
 *
 * @param origin where the record stood
 * @param verdict what the model says; null of a record without a value, which says that its key is
 *     no more
 * @param shadow what the model on trial says; empty if it does not, or if there is none
 * @param schema that the record says it was written with; empty if it names none
 */
record JudgedRecord(
    Origin origin, Verdict verdict, Optional<Verdict> shadow, Optional<SchemaId> schema) {

  /** A record without a value. */
  static JudgedRecord tombstone(Origin origin) {
    return new JudgedRecord(origin, null, Optional.empty(), Optional.empty());
  }

  boolean isTombstone() {
    return verdict == null;
  }

  /** Where the record was and when it happened. */
  RecordSource source(Record<byte[], JudgedRecord> record) {
    return new RecordSource(
        origin.topic(),
        origin.partition(),
        origin.offset(),
        KeyText.of(record.key()),
        RecordTime.eventMillis(record),
        schema.map(JudgedRecord::id).orElse(null),
        schema.map(JudgedRecord::guid).orElse(null));
  }

  private static Integer id(SchemaId schema) {
    return schema instanceof SchemaId.ById named ? (Integer) named.id() : null;
  }

  private static String guid(SchemaId schema) {
    return schema instanceof SchemaId.ByGuid named ? named.guid().toString() : null;
  }
}
