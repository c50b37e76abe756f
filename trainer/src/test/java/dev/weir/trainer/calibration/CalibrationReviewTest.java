package dev.weir.trainer.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.model.calibration.Calibration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CalibrationReviewTest {

  @Test
  void shouldSayNothingOfCalibrationThatCarries() {
    // When / Then
    for (int seed = 0; seed < 20; seed++) {
      assertThat(review(0.01, exponential(3000, seed), exponential(3000, 100 + seed))).isEmpty();
    }
  }

  @Test
  void shouldWarnOfTailWithoutVariance() {
    // Given scores with P(S > s) = 1/s
    double[] heavy = Arrays.stream(exponential(3000, 1)).map(Math::exp).toArray();

    // When / Then
    assertThat(review(0.01, heavy, heavy))
        .singleElement()
        .asString()
        .startsWith("a few calibration rows score far above the rest (the tail's shape is 0.")
        .contains("more history", "exclude");
  }

  @Test
  void shouldWarnOfThresholdThatNoCalibrationRowReaches() {
    // Given
    double[] scores = exponential(1000, 2);
    double highest = Arrays.stream(scores).max().orElseThrow();

    // When / Then
    assertThat(review(1e-6, scores, scores))
        .singleElement()
        .asString()
        .startsWith(
            "no calibration row reaches the threshold: the highest scores "
                + "%.4g".formatted(highest)
                + " and the threshold is")
        .contains("a larger threshold.falseAlarmRate than 1.0e-06");
  }

  @Test
  void shouldWarnOfNewestPartThatScoresHigher() {
    // Given
    double[] before = exponential(1000, 3);
    double[] newest = Arrays.stream(exponential(1000, 4)).map(score -> 2 * score).toArray();

    // When / Then one in ten is beyond what one in a hundred reached
    assertThat(review(0.01, before, newest))
        .singleElement()
        .asString()
        .startsWith("the newest part of the history scores differently from the part before it")
        .contains("exclude");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 60, 180})
  void shouldNotTakeChanceForShift(int rows) {
    // When
    int warned = 0;
    for (int seed = 0; seed < 300; seed++) {
      List<String> warnings = review(0.1, exponential(rows, seed), exponential(rows, 1000 + seed));
      warned += warnings.stream().anyMatch(w -> w.startsWith("the newest part")) ? 1 : 0;
    }

    // Then
    assertThat(warned).isLessThan(9);
  }

  private static List<String> review(double rate, double[] before, double[] newest) {
    Calibration calibration = CalibrationFitter.fit(newest);
    return CalibrationReview.warnings(
        calibration, new AlertThreshold(rate, calibration.scoreAt(rate)), before, newest);
  }

  private static double[] exponential(int count, long seed) {
    return new Random(seed).doubles(count).map(u -> -Math.log1p(-u)).toArray();
  }
}
