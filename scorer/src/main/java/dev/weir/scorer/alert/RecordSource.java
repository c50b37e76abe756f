package dev.weir.scorer.alert;

import java.time.Instant;

/**
 * Where a record was, and when it happened.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param key its key as text; null if it has none
 * @param eventTime its timestamp
 */
public record RecordSource(
    String topic, int partition, long offset, String key, Instant eventTime) {}
