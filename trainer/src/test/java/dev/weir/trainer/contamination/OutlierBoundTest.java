package dev.weir.trainer.contamination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class OutlierBoundTest {
  private final Random random = new Random(5);

  private double[] logNormal(int count, double deviation) {
    return random.doubles(count).map(u -> Math.exp(deviation * random.nextGaussian())).toArray();
  }

  @Test
  void shouldBeFourDeviationsAboveMedianOfLogarithms() {
    // When / Then e⁴ for logarithms of deviation 1
    assertThat(Math.log(OutlierBound.of(logNormal(200_000, 1)))).isCloseTo(4, within(0.1));
  }

  @Test
  void shouldHardlyMoveWithAnomaliesAmongScores() {
    // Given one row in twenty that scores a thousand times as high
    double[] scores = logNormal(20_000, 0.5);
    for (int i = 0; i < scores.length; i += 20) {
      scores[i] *= 1000;
    }

    // When / Then
    assertThat(Math.log(OutlierBound.of(scores))).isBetween(2.0, 2.6);
  }

  @Test
  void shouldFindNothingWhereScoresHardlyDiffer() {
    // When / Then
    assertThat(OutlierBound.of(new double[] {0, 0, 0, 5})).isInfinite();
    assertThat(OutlierBound.of(new double[] {2, 2, 2, 2})).isInfinite();
  }

  @Test
  void shouldCutOffShare() {
    // When / Then
    assertThat(OutlierBound.ofShare(new double[] {5, 1, 4, 2, 3}, 0.4)).isEqualTo(3);
    assertThat(OutlierBound.ofShare(new double[] {5, 1, 4, 2, 3}, 0.05)).isInfinite();
  }
}
