package dev.weir.scorer.alert;

/**
 * Where a record was, and when it happened.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param key its key as text; null if it has none
 * @param eventMillis its timestamp, in milliseconds since 1970
 */
public record RecordSource(
    String topic, int partition, long offset, String key, long eventMillis) {}
