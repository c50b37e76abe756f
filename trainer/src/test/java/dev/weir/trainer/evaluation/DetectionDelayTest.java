package dev.weir.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class DetectionDelayTest {
  private static final boolean[] LABELS = labels("0111000110011110");

  @Test
  void shouldTakeTheMedianOverFoundRanges() {
    // Given ranges that are found at once, never, and after three rows
    boolean[] alerts = labels("0101001000000011");
    long[] times = new long[16];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1000L * i * i;
    }

    // When
    DetectionDelay delay = DetectionDelay.of(alerts, LABELS, Optional.of(times));

    // Then
    assertThat(delay.ranges()).isEqualTo(3);
    assertThat(delay.found()).isEqualTo(2);
    assertThat(delay.medianRows()).hasValue(1.5);
    assertThat(delay.medianMillis()).hasValue((0 + (14 * 14 - 11 * 11) * 1000) / 2.0);
  }

  @Test
  void shouldHaveNoDelayWhereNothingIsFound() {
    // When
    DetectionDelay none = DetectionDelay.of(new boolean[16], LABELS, Optional.empty());

    // Then
    assertThat(none)
        .isEqualTo(new DetectionDelay(3, 0, OptionalDouble.empty(), OptionalDouble.empty()));
  }

  private static boolean[] labels(String text) {
    boolean[] labels = new boolean[text.length()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = text.charAt(i) == '1';
    }
    return labels;
  }
}
