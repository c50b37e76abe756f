package dev.weir.scorer.topology;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes dead letters: the original key, value and headers, and beside them headers that say where
 * the record was and why it could not be scored. Thread-safe.
 */
final class DeadLetters {
  private static final Logger failures = LoggerFactory.getLogger(DeadLetters.class);

  static final String REASON = "weir.error.reason";
  static final String MESSAGE = "weir.error.message";
  static final String CLASS = "weir.error.class";
  static final String TOPIC = "weir.source.topic";
  static final String PARTITION = "weir.source.partition";
  static final String OFFSET = "weir.source.offset";
  static final String APPLICATION = "weir.application";
  static final String PIPELINE = "weir.pipeline";

  /** How large a value was that would not fit beside the headers. */
  static final String LEFT_OUT = "weir.value.left-out.bytes";

  /** How large the record's own headers were, if they would not fit either. */
  static final String HEADERS_LEFT_OUT = "weir.headers.left-out.bytes";

  /** No message need be longer to be understood. */
  private static final int LONGEST_MESSAGE = 4096;

  private final String application;
  private final String pipeline;
  private final ScoringListener listener;
  private final SizeLimit limit;
  private final RejectionLog log = new RejectionLog();

  DeadLetters(String application, String pipeline, SizeLimit limit, ScoringListener listener) {
    this.application = application;
    this.pipeline = pipeline;
    this.limit = limit;
    this.listener = listener;
  }

  /** Of a record that cannot be read or encoded. */
  Record<byte[], Object> of(
      Record<byte[], byte[]> record, Origin source, RejectedRecordException rejection) {
    listener.rejected(rejection.reason());
    log.note(source, rejection);
    return letter(record, source, rejection.reason().code(), rejection);
  }

  /** Of a record that can be read, and fails all the same. */
  Record<byte[], Object> ofUnscored(
      Record<byte[], byte[]> record, Origin source, RuntimeException failure) {
    listener.rejected(RejectReason.PROCESSING_FAILED);
    log(source, failure);
    return letter(record, source, RejectReason.PROCESSING_FAILED.code(), failure);
  }

  /** Of a record that was scored, and whose verdict could not be published. */
  Record<byte[], Object> ofUnpublished(
      Record<byte[], byte[]> record, Origin source, Unpublished why, Exception failure) {
    listener.unpublished(why);
    log(source, failure);
    return letter(record, source, why.code(), failure);
  }

  private static void log(Origin source, Exception failure) {
    failures
        .atError()
        .addKeyValue("topic", source.topic())
        .addKeyValue("partition", source.partition())
        .addKeyValue("offset", source.offset())
        .setCause(failure)
        .log("a record goes to the dead-letter topic");
  }

  private Record<byte[], Object> letter(
      Record<byte[], byte[]> record, Origin source, String reason, Exception failure) {
    Headers headers =
        RecordTime.removedFrom(Origin.removedFrom(new RecordHeaders(record.headers().toArray())));
    describe(headers, source, reason, failure);
    byte[] key = source.key();
    byte[] value = record.value();
    if (!limit.allows(key, value, headers)) {
      // It filled its own topic's limit; where it stands is said all the same.
      add(headers, LEFT_OUT, Integer.toString(value == null ? 0 : value.length));
      value = null;
    }
    if (!limit.allows(key, value, headers)) {
      key = null;
    }
    if (!limit.allows(key, value, headers)) {
      headers = new RecordHeaders();
      describe(headers, source, reason, failure);
      add(headers, LEFT_OUT, Integer.toString(record.value() == null ? 0 : record.value().length));
      add(headers, HEADERS_LEFT_OUT, Long.toString(SizeLimit.size(null, null, record.headers())));
    }
    return new Record<>(key, value, Math.max(0, record.timestamp()), headers);
  }

  private void describe(Headers headers, Origin source, String reason, Exception failure) {
    add(headers, REASON, reason);
    String message = String.valueOf(failure.getMessage());
    add(headers, MESSAGE, message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
    add(headers, CLASS, failure.getClass().getName());
    add(headers, TOPIC, source.topic());
    add(headers, PARTITION, Integer.toString(source.partition()));
    add(headers, OFFSET, Long.toString(source.offset()));
    add(headers, APPLICATION, application);
    add(headers, PIPELINE, pipeline);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
