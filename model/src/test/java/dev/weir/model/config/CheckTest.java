package dev.weir.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckTest {

  @Test
  void shouldGiveBackWhatIsRight() {
    assertThat(Check.present("key", "value", "hint")).isEqualTo("value");
    assertThat(Check.orElse(null, 3)).isEqualTo(3);
    assertThat(Check.orElse(2, 3)).isEqualTo(2);
    assertThat(Check.atLeast("key", 1, 1)).isEqualTo(1);
    assertThat(Check.atMost("key", 1, 1)).isEqualTo(1);
    assertThat(Check.above("key", 0.1, 0)).isEqualTo(0.1);
    assertThat(Check.between("key", 0.5, 0, 1)).isEqualTo(0.5);
  }

  @Test
  void shouldRefuseWhatIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.present("key", null, "for example 3"))
        .withMessage("'key' is missing: for example 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.present("key", " ", "for example 3"))
        .withMessage("'key' is missing: for example 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.present("key", List.of(), "for example 3"))
        .withMessage("'key' is empty: for example 3");
  }

  @Test
  void shouldRefuseWhatIsTooSmall() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.atLeast("key", 0, 1))
        .withMessage("'key' is 0, but must be at least 1");
  }

  @Test
  void shouldRefuseWhatIsTooLarge() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.atMost("key", 3, 2))
        .withMessage("'key' is 3, but must be at most 2");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldRefuseWhatIsNotAbove(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.above("key", value, 0))
        .withMessage("'key' is " + value + ", but must be above 0.0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -1, 2, Double.NaN})
  void shouldRefuseWhatIsNotBetween(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Check.between("key", value, 0, 1))
        .withMessage("'key' is " + value + ", but must be above 0.0 and below 1.0");
  }

  @Test
  void shouldRefuseForReasonOfCaller() {
    assertThat(Check.refuse("key", "is odd")).hasMessage("'key' is odd");
  }
}
