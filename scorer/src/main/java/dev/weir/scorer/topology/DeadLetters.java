package dev.weir.scorer.topology;

import dev.weir.model.record.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes dead letters: the original key, value and headers, and beside them headers that say where
 * the record was and why it could not be scored.
 */
final class DeadLetters {
  static final String REASON = "weir.error.reason";
  static final String MESSAGE = "weir.error.message";
  static final String TOPIC = "weir.source.topic";
  static final String PARTITION = "weir.source.partition";
  static final String OFFSET = "weir.source.offset";
  static final String APPLICATION = "weir.application";
  static final String PIPELINE = "weir.pipeline";

  private final String application;
  private final String pipeline;
  private final ScoringListener listener;
  private final RejectionLog log = new RejectionLog();

  DeadLetters(String application, String pipeline, ScoringListener listener) {
    this.application = application;
    this.pipeline = pipeline;
    this.listener = listener;
  }

  Record<byte[], Object> of(
      Record<byte[], byte[]> record, Origin source, RejectedRecordException rejection) {
    listener.rejected(rejection.reason());
    log.note(source, rejection);
    Headers headers = Origin.removedFrom(new RecordHeaders(record.headers().toArray()));
    add(headers, REASON, rejection.reason().code());
    add(headers, MESSAGE, rejection.getMessage());
    add(headers, TOPIC, source.topic());
    add(headers, PARTITION, Integer.toString(source.partition()));
    add(headers, OFFSET, Long.toString(source.offset()));
    add(headers, APPLICATION, application);
    add(headers, PIPELINE, pipeline);
    return new Record<>(source.key(), record.value(), record.timestamp(), headers);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
