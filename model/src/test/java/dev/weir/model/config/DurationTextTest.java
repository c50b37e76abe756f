package dev.weir.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "0ms, PT0S",
    "10ms, PT0.01S",
    "60s, PT60S",
    "5m, PT5M",
    "2h, PT2H",
    "7d, PT168H",
    "' 1 s ', PT1S"
  })
  void shouldReadEveryUnit(String text, Duration duration) {
    assertThat(DurationText.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "s", "-5s", "1.5s", "5 minutes", "5S", "1h30m", "PT5S"})
  void shouldSayHowDurationIsWritten(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationText.parse(text))
        .withMessage(
            "'"
                + text
                + "' is not a duration; write a number with its unit: 10ms, 60s, 5m, 2h or 7d");
  }

  @Property(seed = "20261")
  void shouldReadMillisecondsBackExactly(@ForAll @LongRange(min = 0, max = 999_999_999) long ms) {
    assertThat(DurationText.parse(ms + "ms").toMillis()).isEqualTo(ms);
  }

  @Property(seed = "20261")
  void shouldGiveNoDurationThatOverflowsNanoseconds(
      @ForAll @LongRange(min = 0, max = 999_999_999_999L) long days) {
    // Given
    String text = days + "d";

    // Then
    if (days <= 106_751) {
      assertThat(DurationText.parse(text).toNanos()).isNotNegative();
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> DurationText.parse(text))
          .withMessageContaining("too long");
    }
  }
}
