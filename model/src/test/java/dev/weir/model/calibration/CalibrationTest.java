package dev.weir.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CalibrationTest {

  /** Probabilities 0, 0.3, 0.6 and 0.9 to stay below; above 4 a tail with ξ = 0.5 and σ = 2. */
  private final Calibration calibration =
      new Calibration(new double[] {0, 1, 2, 4}, new ParetoTail(4, 0.1, 0.5, 2), 1000);

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.85",
    "1, 0.7",
    "1.5, 0.55",
    "2, 0.4",
    "3, 0.25",
    "4, 0.1",
    "8, 0.025", // 0.1 * (1 + 0.5 * 2)^-2
    "16, 0.00625" // 0.1 * (1 + 0.5 * 6)^-2
  })
  void shouldTurnScoresIntoProbabilitiesAndBack(double score, double probability) {
    assertThat(calibration.exceedance(score)).isCloseTo(probability, within(1e-15));
    assertThat(calibration.scoreAt(probability)).isCloseTo(score, within(1e-12));
  }

  @Test
  void shouldGiveEveryScoreUpToLowestProbabilityOne() {
    assertThat(calibration.exceedance(0)).isEqualTo(1);
    assertThat(calibration.exceedance(-3)).isEqualTo(1);
    assertThat(calibration.exceedance(Double.NEGATIVE_INFINITY)).isEqualTo(1);
  }

  @Test
  void shouldGiveNoScoreLessThanSmallestProbability() {
    // Given a tail that ends at 8
    Calibration ending =
        new Calibration(new double[] {0, 1, 2, 4}, new ParetoTail(4, 0.1, -0.5, 2), 1000);

    // Then
    assertThat(ending.exceedance(9)).isEqualTo(1e-12);
    assertThat(ending.exceedance(Double.POSITIVE_INFINITY)).isEqualTo(1e-12);
    assertThat(calibration.exceedance(1e300)).isEqualTo(1e-12);
    assertThat(calibration.exceedance(Double.MAX_VALUE)).isEqualTo(1e-12);
  }

  @Test
  void shouldTakeScoreThatIsNoNumberForLargest() {
    assertThat(calibration.exceedance(Double.NaN)).isEqualTo(1e-12);
  }

  @Test
  void shouldCountAllRecordsThatShareScore() {
    // Given three of five quantiles at 1: with steps of 0.2, half of what is normal scores 1
    Calibration tied =
        new Calibration(new double[] {0, 1, 1, 1, 2}, new ParetoTail(2, 0.2, 0, 1), 100);

    // Then P(S >= 1) has them all, P(S > 1) none
    assertThat(tied.exceedance(1)).isCloseTo(0.8, within(1e-15));
    assertThat(tied.exceedance(Math.nextUp(1.0))).isCloseTo(0.4, within(1e-12));
    assertThat(tied.scoreAt(0.8)).isCloseTo(1, within(1e-12));
    assertThat(tied.scoreAt(0.5)).isEqualTo(Math.nextUp(1.0));
  }

  @Test
  void shouldCountRecordsThatShareThreshold() {
    // Given quantiles in steps of 0.4, and the tail's share of 0.2 above 1
    Calibration tied = new Calibration(new double[] {0, 1, 1}, new ParetoTail(1, 0.2, 0, 1), 100);

    // Then
    assertThat(tied.exceedance(1)).isCloseTo(0.6, within(1e-15));
    assertThat(tied.exceedance(Math.nextUp(1.0))).isCloseTo(0.2, within(1e-12));
    assertThat(tied.scoreAt(0.2)).isEqualTo(Math.nextUp(1.0));
  }

  @Test
  void shouldGiveConstantScoreProbabilityOne() {
    // Given
    Calibration constant =
        new Calibration(new double[] {3, 3}, new ParetoTail(3, 0.02, 0, 1e-6), 100);

    // Then
    assertThat(constant.exceedance(3)).isEqualTo(1);
    assertThat(constant.exceedance(3.1)).isEqualTo(1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN})
  void shouldRefuseProbabilityOutOfRange(double probability) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> calibration.scoreAt(probability))
        .withMessage("probability must be in (0, 1), but is " + probability);
  }

  @Test
  void shouldRefuseQuantilesThatAreNoDistribution() {
    ParetoTail tail = new ParetoTail(2, 0.1, 0, 1);
    assertRefused(null, tail, "quantiles needs two values or more");
    assertRefused(new double[] {2}, tail, "quantiles needs two values or more");
    assertRefused(new double[] {0, 3, 2}, tail, "quantiles must ascend, but do not at index 2");
    assertRefused(
        new double[] {0, Double.NaN, 2}, tail, "quantiles must ascend, but do not at index 1");
    assertRefused(
        new double[] {Double.NEGATIVE_INFINITY, 2},
        tail,
        "quantiles must be finite, but start at -Infinity");
    assertRefused(new double[] {0, 1}, tail, "the tail must start at the last quantile");
    assertRefused(new double[] {0, 1}, null, "the tail must start at the last quantile");
  }

  @Test
  void shouldNotChangeWithArraysThatGoInAndOut() {
    // Given
    double[] in = {0, 1, 2};
    Calibration own = new Calibration(in, new ParetoTail(2, 0.1, 0, 1), 100);

    // When
    in[0] = 99;
    own.quantiles()[1] = 99;

    // Then
    assertThat(own.quantiles()).containsExactly(0, 1, 2);
  }

  @Test
  void shouldBeEqualByContent() {
    // Given
    ParetoTail tail = new ParetoTail(2, 0.1, 0, 1);
    Calibration one = new Calibration(new double[] {0, 1, 2}, tail, 100);

    // Then
    assertThat(new Calibration(new double[] {0, 1, 2}, tail, 100))
        .isEqualTo(one)
        .hasSameHashCodeAs(one);
    assertThat(new Calibration(new double[] {0, 0, 2}, tail, 100)).isNotEqualTo(one);
    assertThat(new Calibration(new double[] {0, 1, 2}, tail, 101)).isNotEqualTo(one);
    assertThat(new Calibration(new double[] {0, 1, 2}, new ParetoTail(2, 0.2, 0, 1), 100))
        .isNotEqualTo(one);
    assertThat(one).hasToString("Calibration[3 quantiles, " + tail + ", n=100]");
  }

  private static void assertRefused(double[] quantiles, ParetoTail tail, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Calibration(quantiles, tail, 100))
        .withMessage(message);
  }
}
