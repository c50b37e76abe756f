package dev.weir.trainer.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.calibration.Calibration;
import dev.weir.model.error.OperationFailedException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CalibrationFitterTest {

  @Test
  void shouldMakeProbabilitiesUniform() {
    // Given
    Calibration calibration = CalibrationFitter.fit(scores(10_000, 1));

    // When
    double[] probabilities =
        Arrays.stream(scores(20_000, 2)).map(calibration::exceedance).sorted().toArray();

    // Then the largest distance to the uniform distribution (Kolmogorov-Smirnov) is small
    double distance = 0;
    for (int i = 0; i < probabilities.length; i++) {
      distance = Math.max(distance, Math.abs(probabilities[i] - (i + 0.5) / probabilities.length));
    }
    assertThat(distance).isLessThan(0.02);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.1, 0.05, 0.01, 0.001})
  void shouldBeReachedByFreshScoresAsOftenAsAskedFor(double rate) {
    // Given
    double threshold = CalibrationFitter.fit(scores(20_000, 3)).scoreAt(rate);

    // When
    int rows = 200_000;
    double realised =
        (double) Arrays.stream(scores(rows, 4)).filter(score -> score >= threshold).count() / rows;

    // Then
    assertThat(realised).isBetween(rate / 1.4, rate * 1.4);
  }

  @Test
  void shouldReachBeyondWhatItSaw() {
    // Given 2000 scores, and a rate of one in 100,000: P(S > s) = exp(-s), so s = 11.5
    Random random = new Random(5);
    double[] scores = random.doubles(2000).map(u -> -Math.log(u)).toArray();

    // When
    double threshold = CalibrationFitter.fit(scores).scoreAt(1e-5);

    // Then
    assertThat(threshold).isGreaterThan(Arrays.stream(scores).max().orElseThrow());
    assertThat(threshold).isCloseTo(Math.log(1e5), within(4.0));
  }

  @Test
  void shouldKeepQuantilesOfBody() {
    // Given 1, 2, …, 1000, of which the highest 50 are the tail
    double[] scores = new double[1000];
    Arrays.setAll(scores, i -> 1000 - i);

    // When
    Calibration calibration = CalibrationFitter.fit(scores);

    // Then
    assertThat(calibration.sampleSize()).isEqualTo(1000);
    assertThat(calibration.tail().threshold()).isEqualTo(950);
    assertThat(calibration.tail().exceedanceRate()).isEqualTo(0.05);
    assertThat(calibration.quantiles()).hasSize(512).startsWith(1).endsWith(950).isSorted();
    assertThat(calibration.exceedance(500)).isCloseTo(0.5, within(0.002));
    assertThat(calibration.scoreAt(0.25)).isCloseTo(750, within(2.0));
    assertThat(scores[0]).as("the argument is left as it was").isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, 0.37, 1e6})
  void shouldNotFlagScoresThatAreAllEqual(double score) {
    // Given
    double[] scores = new double[100];
    Arrays.fill(scores, score);

    // When
    Calibration calibration = CalibrationFitter.fit(scores);

    // Then
    assertThat(calibration.scoreAt(0.001)).isGreaterThan(score).isFinite();
    assertThat(calibration.exceedance(score)).isGreaterThan(0.001);
    assertThat(calibration.exceedance(score * 1.01 + 1e-3)).isLessThan(1e-6);
  }

  @Test
  void shouldFlagNoMoreThanAskedForWhereScoresAreTied() {
    // Given a threshold within a run of equal scores
    double[] scores = new double[1000];
    Arrays.setAll(scores, i -> i < 900 ? i / 900.0 : i < 990 ? 1 : 1 + (i - 989) / 10.0);

    // When / Then
    Calibration calibration = CalibrationFitter.fit(scores);
    for (double rate : new double[] {0.04, 0.02, 0.01, 0.001}) {
      double threshold = calibration.scoreAt(rate);
      double realised = Arrays.stream(scores).filter(s -> s >= threshold).count() / 1000.0;
      assertThat(realised).isLessThanOrEqualTo(rate);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void shouldRefuseScoresThatAreNotFinite(double wild) {
    // Given
    double[] scores = scores(100, 6);
    scores[40] = wild;

    // When / Then
    assertThatThrownBy(() -> CalibrationFitter.fit(scores))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("a calibration row has a score that is not finite")
        .hasMessageContaining("model.learningRate");
  }

  @Property(seed = "20260", tries = 300)
  void shouldNeverRiseWithScore(
      @ForAll @Size(min = 20, max = 200) List<@DoubleRange(min = 0, max = 50) Double> scores,
      @ForAll @DoubleRange(min = 0, max = 100) double one,
      @ForAll @DoubleRange(min = 0, max = 100) double other) {
    // Given
    double[] array = scores.stream().mapToDouble(Double::doubleValue).toArray();
    Calibration calibration = CalibrationFitter.fit(array);

    // When
    double low = calibration.exceedance(Math.min(one, other));
    double high = calibration.exceedance(Math.max(one, other));

    // Then
    assertThat(high).isLessThanOrEqualTo(low).isBetween(1e-12, 1.0);
  }

  /** Like reconstruction errors: positive, with a tail heavier than the exponential one. */
  private static double[] scores(int count, long seed) {
    Random random = new Random(seed);
    double[] scores = new double[count];
    Arrays.setAll(scores, i -> Math.exp(0.7 * random.nextGaussian()));
    return scores;
  }
}
