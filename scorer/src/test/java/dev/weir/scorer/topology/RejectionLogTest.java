package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.time.Duration;
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
    Origin origin = new Origin("topic", 0, 7, null, true);
    return log.note(origin, new RejectedRecordException(reason, "why"));
  }
}
