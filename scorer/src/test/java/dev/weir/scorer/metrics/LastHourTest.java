package dev.weir.scorer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LastHourTest {
  private final AtomicLong part = new AtomicLong();
  private final AtomicLong whole = new AtomicLong();
  private final AtomicLong clock = new AtomicLong(-5);
  private final LastHour lastHour = new LastHour(part::get, whole::get, clock::get);

  @Test
  void shouldHaveNoRateOfNothing() {
    assertThat(lastHour.rate()).isNaN();
  }

  @Test
  void shouldForgetWhatIsOlderThanAnHour() {
    // Given an hour in which all are, and one in which a tenth is
    for (int minute = 0; minute < 60; minute++) {
      step(10, 10);
    }
    assertThat(lastHour.rate()).isEqualTo(1);
    for (int minute = 0; minute < 30; minute++) {
      step(1, 10);
    }
    assertThat(lastHour.rate()).isBetween(0.5, 0.6);

    // When
    for (int minute = 0; minute < 31; minute++) {
      step(1, 10);
    }

    // Then
    assertThat(lastHour.rate()).isEqualTo(0.1);
  }

  private void step(int parts, int all) {
    part.addAndGet(parts);
    whole.addAndGet(all);
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    lastHour.rate();
  }
}
