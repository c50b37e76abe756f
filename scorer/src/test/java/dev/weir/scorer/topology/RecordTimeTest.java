package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTimeTest {
  private static final long CLOCK = 10_000;

  @ParameterizedTest
  @CsvSource({
    "1000, 5, 1000",
    "0, 5, 0",
    "-1, 5, 5",
    "-1, -1, 0",
    "11000, 5, 11000",
    "11001, 5, 5",
    "11001, -1, 0",
    "9223372036854775807, 5, 5",
    "11001, 20000, 11001"
  })
  void shouldTakeThePartitionsTimeForARecordWithoutOneOrOfTheFuture(
      long timestamp, long partitionTime, long expected) {
    ConsumerRecord<Object, Object> record =
        new ConsumerRecord<>(
            "topic",
            0,
            0,
            timestamp,
            TimestampType.CREATE_TIME,
            0,
            0,
            null,
            null,
            new RecordHeaders(),
            Optional.empty());
    assertThat(time().extract(record, partitionTime)).isEqualTo(expected);
    assertThat(RecordTime.isFromFuture(record.headers()))
        .isEqualTo(timestamp >= 0 && timestamp != expected);
  }

  @Test
  void shouldRememberWhatTheTimestampsOfATopicSay() {
    RecordTime time = new RecordTime(() -> CLOCK);
    TimestampExtractor extractor = time.extractor(Duration.ZERO);
    extractor.extract(record("appended", TimestampType.LOG_APPEND_TIME), 0);
    extractor.extract(record("happened", TimestampType.CREATE_TIME), 0);

    assertThat(time.clock("appended")).isEqualTo(RecordClock.APPEND);
    assertThat(time.clock("happened")).isEqualTo(RecordClock.EVENT);
    assertThat(time.clock("other")).isEqualTo(RecordClock.EVENT);
  }

  /** A clock that shows ten seconds, and may be a second wrong. */
  private static TimestampExtractor time() {
    return new RecordTime(() -> CLOCK).extractor(Duration.ofSeconds(1));
  }

  private static ConsumerRecord<Object, Object> record(String topic, TimestampType type) {
    return new ConsumerRecord<>(
        topic, 0, 0, 1, type, 0, 0, null, null, new RecordHeaders(), Optional.empty());
  }
}
