package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.Test;

class RejectionLogTest {
  private long now;
  private final RejectionLog log = new RejectionLog(() -> now);

  @Test
  void shouldLogTheFirstOfEachReasonAndThenOneEveryTenSeconds() {
    assertThat(note(RejectReason.EMPTY)).isTrue();
    assertThat(note(RejectReason.EMPTY)).isFalse();
    assertThat(note(RejectReason.MALFORMED)).isTrue();

    now += Duration.ofSeconds(9).toNanos();
    assertThat(note(RejectReason.EMPTY)).isFalse();

    now += Duration.ofSeconds(1).toNanos();
    assertThat(note(RejectReason.EMPTY)).isTrue();
    assertThat(note(RejectReason.EMPTY)).isFalse();
  }

  private boolean note(RejectReason reason) {
    return log.note(new Place(), new RejectedRecordException(reason, "why"));
  }

  /** Where the record was. */
  private record Place() implements RecordMetadata {
    @Override
    public String topic() {
      return "topic";
    }

    @Override
    public int partition() {
      return 0;
    }

    @Override
    public long offset() {
      return 7;
    }
  }
}
