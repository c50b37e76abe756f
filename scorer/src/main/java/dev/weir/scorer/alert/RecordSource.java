package dev.weir.scorer.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Where a record was, and when it happened.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param key its key as text; null if it has none
 * @param eventMillis its timestamp, in milliseconds since 1970
 * @param schemaId the id of its schema in the registry; null if it names none so
 * @param schemaGuid the GUID of its schema; null if it names none so
 */
public record RecordSource(
    String topic,
    int partition,
    long offset,
    String key,
    long eventMillis,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer schemaId,
    @JsonInclude(JsonInclude.Include.NON_NULL) String schemaGuid) {

  @JsonCreator
  public RecordSource {}

  /** Of a record that names no schema. */
  public RecordSource(String topic, int partition, long offset, String key, long eventMillis) {
    this(topic, partition, offset, key, eventMillis, null, null);
  }
}
