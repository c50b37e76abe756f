package dev.weir.scorer.topology;

import dev.weir.scorer.alert.RecordSource;
import dev.weir.scorer.alert.Verdict;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record's verdict, on its way to be published.
 *
 * @param origin where the record stood
 * @param verdict what the model says
 */
record JudgedRecord(Origin origin, Verdict verdict) {

  /** Where the record was and when it happened. */
  RecordSource source(Record<byte[], JudgedRecord> record) {
    return new RecordSource(
        origin.topic(),
        origin.partition(),
        origin.offset(),
        KeyText.of(record.key()),
        record.timestamp());
  }
}
