package dev.weir.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureBudgetTest {
  private double die;
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final FailureBudget budget = new FailureBudget(clock::get, () -> die);

  @Test
  void shouldBearSomeFailuresAndNotOneMore() {
    for (int i = 0; i < FailureBudget.BORNE; i++) {
      assertThat(budget.spend()).isPresent();
      pass(Duration.ofSeconds(1));
    }

    assertThat(budget.spend()).isEmpty();
  }

  @Test
  void shouldForgetFailuresThatAreLongPast() {
    for (int i = 0; i < FailureBudget.BORNE; i++) {
      assertThat(budget.spend()).isPresent();
    }

    pass(Duration.ofMinutes(10).plusNanos(1));

    for (int i = 0; i < FailureBudget.BORNE; i++) {
      assertThat(budget.spend()).isPresent();
    }
    assertThat(budget.spend()).isEmpty();
  }

  @Test
  void shouldBearRareFailuresForEver() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(budget.spend()).isPresent();
      pass(Duration.ofMinutes(2).plusSeconds(1));
    }
  }

  @Test
  void shouldWaitLongerEachTimeAndNotAsLongAsOthers() {
    for (long whole : new long[] {1_000, 2_000, 4_000}) {
      assertThat(budget.spend()).contains(Duration.ofMillis(whole / 2));
    }
    die = 1;
    assertThat(budget.spend()).contains(Duration.ofSeconds(8));

    pass(Duration.ofMinutes(11));
    assertThat(budget.spend()).contains(Duration.ofSeconds(1));
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
