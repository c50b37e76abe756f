package dev.weir.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureBudgetTest {
  private double die;
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final FailureBudget budget = new FailureBudget(clock::get, new Pause(() -> die));

  @Test
  void shouldBearSomeFailuresAndNotOneMore() {
    for (int i = 0; i < FailureBudget.BORNE; i++) {
      assertThat(budget.spend()).isPresent();
      pass(Duration.ofSeconds(16));
    }

    assertThat(budget.spend()).isEmpty();
    assertThat(budget.spend()).isEmpty();
  }

  /** What fails six threads at once is one fault. */
  @Test
  void shouldCountThreadsThatFailTogetherOnce() {
    for (int fault = 0; fault < FailureBudget.BORNE; fault++) {
      Duration first = budget.spend().orElseThrow();
      for (int thread = 1; thread < 6; thread++) {
        pass(first.dividedBy(10));
        assertThat(budget.spend()).contains(first.minus(first.dividedBy(10).multipliedBy(thread)));
      }
      pass(first);
    }

    assertThat(budget.spend()).isEmpty();
  }

  @Test
  void shouldForgetFailuresThatAreLongPast() {
    for (int i = 0; i < FailureBudget.BORNE; i++) {
      assertThat(budget.spend()).isPresent();
      pass(Duration.ofSeconds(16));
    }

    pass(Duration.ofMinutes(10).plusNanos(1));

    for (int i = 0; i < FailureBudget.BORNE; i++) {
      assertThat(budget.spend()).isPresent();
      pass(Duration.ofSeconds(16));
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
      pass(Duration.ofMillis(whole / 2));
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
