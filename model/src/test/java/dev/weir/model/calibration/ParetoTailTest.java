package dev.weir.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the closed form ζ (1 + ξ (s - u) / σ)^(-1/ξ), worked out on paper. */
final class ParetoTailTest {

  @ParameterizedTest
  @CsvSource({
    // u = 10, ζ = 0.02, σ = 2
    "0.5, 10, 0.02", // at the threshold: ζ
    "0.5, 14, 0.005", // (1 + 0.5 * 2)^-2 = 1/4
    "0.5, 22, 0.00125", // (1 + 0.5 * 6)^-2 = 1/16
    "1, 16, 0.005", // (1 + 3)^-1 = 1/4
    "-0.5, 12, 0.005", // (1 - 0.5)^2 = 1/4
    "-0.5, 13, 0.00125", // (1 - 0.75)^2 = 1/16
    "-0.25, 14, 0.00125", // (1 - 0.5)^4 = 1/16
    "0, 12.772588722239782, 0.005", // exp(-2 ln 2) = 1/4
    "0, 11.386294361119891, 0.01" // exp(-ln 2) = 1/2
  })
  void shouldFollowClosedFormBothWays(double shape, double score, double probability) {
    // Given
    ParetoTail tail = new ParetoTail(10, 0.02, shape, 2);

    // Then
    assertThat(tail.exceedance(score)).isCloseTo(probability, within(1e-15));
    assertThat(tail.scoreAt(probability)).isCloseTo(score, within(1e-12));
  }

  @Test
  void shouldEndWhereShapeIsNegative() {
    // Given a tail that ends at u + σ / 0.5 = 14
    ParetoTail tail = new ParetoTail(10, 0.02, -0.5, 2);

    // Then
    assertThat(tail.exceedance(13.999)).isPositive();
    assertThat(tail.exceedance(14)).isZero();
    assertThat(tail.exceedance(1e9)).isZero();
    assertThat(tail.exceedance(Double.POSITIVE_INFINITY)).isZero();
    assertThat(tail.scoreAt(1e-30)).isCloseTo(14, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-8, -2e-9, -1e-9, -1e-12, 1e-12, 1e-9, 2e-9, 1e-8})
  void shouldBeNearExponentialWhereShapeIsNearZero(double shape) {
    // Given
    ParetoTail exponential = new ParetoTail(10, 0.02, 0, 2);
    ParetoTail tail = new ParetoTail(10, 0.02, shape, 2);

    // Then
    assertThat(tail.exceedance(30) / exponential.exceedance(30)).isCloseTo(1, within(1e-6));
    assertThat(tail.scoreAt(1e-6)).isCloseTo(exponential.scoreAt(1e-6), within(1e-5));
    assertThat(tail.exceedance(tail.scoreAt(1e-6)) / 1e-6).isCloseTo(1, within(1e-12));
  }

  @Test
  void shouldGiveThresholdForScoresUnderIt() {
    assertThat(new ParetoTail(10, 0.02, 0.5, 2).exceedance(3)).isEqualTo(0.02);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 2, Double.NaN})
  void shouldRefuseRateThatIsNoShare(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ParetoTail(1, rate, 0, 1))
        .withMessage("exceedanceRate must be in (0, 1), but is " + rate);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0, -1",
    "0, NaN",
    "0, Infinity",
    "NaN, 1",
    "Infinity, 1",
    "-Infinity, 1",
  })
  void shouldRefuseShapeAndScaleThatAreNoNumbers(double shape, double scale) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ParetoTail(1, 0.1, shape, scale))
        .withMessage("scale must be positive and shape finite, but are " + scale + " and " + shape);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void shouldRefuseThresholdThatIsNotFinite(double threshold) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ParetoTail(threshold, 0.1, 0, 1))
        .withMessage("threshold must be finite, but is " + threshold);
  }
}
