package dev.weir.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureBudgetTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final FailureBudget budget = new FailureBudget(clock::get);

  @Test
  void shouldBearSomeFailuresAndNotOneMore() {
    for (int i = 0; i < FailureBudget.BORNE; i++) {
      assertThat(budget.isSpent()).isFalse();
      pass(Duration.ofSeconds(1));
    }

    assertThat(budget.isSpent()).isTrue();
  }

  @Test
  void shouldForgetFailuresThatAreLongPast() {
    for (int i = 0; i < FailureBudget.BORNE; i++) {
      budget.isSpent();
    }

    pass(Duration.ofMinutes(10).plusNanos(1));

    for (int i = 0; i < FailureBudget.BORNE; i++) {
      assertThat(budget.isSpent()).isFalse();
    }
    assertThat(budget.isSpent()).isTrue();
  }

  @Test
  void shouldBearRareFailuresForEver() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(budget.isSpent()).isFalse();
      pass(Duration.ofMinutes(2).plusSeconds(1));
    }
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
