package dev.weir.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  @Test
  void shouldBeOneForTheSameOrderAndMinusOneForTheReverse() {
    double[] some = {0.1, 0.5, 7};

    assertThat(RankCorrelation.of(some, new double[] {1, 2, 3})).isCloseTo(1, within(1e-12));
    assertThat(RankCorrelation.of(some, new double[] {3, 2, 1})).isCloseTo(-1, within(1e-12));
  }

  @Test
  void shouldShareRanksOfEqualValues() {
    // Ranks 0, 1.5, 1.5, 3 and 0, 1, 2, 3: covariance 4.5, squares 4.5 and 5
    assertThat(RankCorrelation.of(new double[] {1, 2, 2, 5}, new double[] {1, 2, 3, 4}))
        .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-12));
    assertThat(RankCorrelation.of(new double[] {1, 1}, new double[] {1, 2})).isNaN();
  }
}
