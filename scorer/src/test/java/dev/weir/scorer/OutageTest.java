package dev.weir.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final Outage outage = new Outage(clock::get, new Pause(() -> 1));

  @Test
  void shouldWaitForEverWithGrowingPauses() {
    assertThat(outage.isGoingOn()).isFalse();
    for (long seconds : new long[] {1, 2, 4, 8, 16, 30, 30}) {
      assertThat(outage.failed()).isEqualTo(Duration.ofSeconds(seconds));
      pass(Duration.ofSeconds(seconds));
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(outage.failed()).isEqualTo(Duration.ofSeconds(30));
      pass(Duration.ofSeconds(45));
      assertThat(outage.isGoingOn()).isTrue();
    }
  }

  @Test
  void shouldHaveThreadsWaitTogether() {
    outage.failed();
    pass(Duration.ofMillis(400));
    assertThat(outage.failed()).isEqualTo(Duration.ofMillis(600));
    pass(Duration.ofMillis(600));

    assertThat(outage.failed()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void shouldBeOverWhenNothingHasFailedForAWhile() {
    outage.failed();
    pass(Duration.ofSeconds(1).plus(Outage.CALM));
    assertThat(outage.isGoingOn()).isTrue();
    pass(Duration.ofNanos(1));

    assertThat(outage.isGoingOn()).isFalse();
    assertThat(outage.failed()).isEqualTo(Duration.ofSeconds(1));
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
