package dev.weir.scorer.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A record's own timestamp as its event time.
 *
 * <p>One that is below zero, as very old clients write it, becomes the partition's time so far:
 * Kafka Streams' own extractors would stop at such a record, or drop it.
 */
final class RecordTime implements TimestampExtractor {

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
  }
}
