package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTimeTest {

  @ParameterizedTest
  @CsvSource({"1000, 5, 1000", "0, 5, 0", "-1, 5, 5", "-1, -1, 0"})
  void shouldTakeThePartitionsTimeForARecordWithoutOne(
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
    assertThat(new RecordTime().extract(record, partitionTime)).isEqualTo(expected);
  }

  @Test
  void shouldRememberWhatTheTimestampsOfATopicSay() {
    RecordTime time = new RecordTime();
    time.extract(record("appended", TimestampType.LOG_APPEND_TIME), 0);
    time.extract(record("happened", TimestampType.CREATE_TIME), 0);

    assertThat(time.clock("appended")).isEqualTo(RecordClock.APPEND);
    assertThat(time.clock("happened")).isEqualTo(RecordClock.EVENT);
    assertThat(time.clock("other")).isEqualTo(RecordClock.EVENT);
  }

  private static ConsumerRecord<Object, Object> record(String topic, TimestampType type) {
    return new ConsumerRecord<>(
        topic, 0, 0, 1, type, 0, 0, null, null, new RecordHeaders(), Optional.empty());
  }
}
