package dev.weir.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CorrelationTest {

  /** The examples of SciPy's pearsonr and spearmanr. */
  @Test
  void shouldGiveKnownFigures() {
    assertThat(Correlation.pearson(new double[] {1, 2, 3, 4, 5}, new double[] {10, 9, 2.5, 6, 4}))
        .isCloseTo(-0.7426106572325057, within(1e-12));
    assertThat(Correlation.spearman(new double[] {1, 2, 3, 4, 5}, new double[] {5, 6, 7, 8, 7}))
        .isCloseTo(0.8207826816681233, within(1e-12));
  }

  @Test
  void shouldShareRanksOfEqualValues() {
    assertThat(Correlation.ranks(new double[] {3, 1, 3, 2, 3})).containsExactly(4, 1, 4, 2, 4);
  }

  @Test
  void shouldBeUndefinedForConstantSeries() {
    assertThat(Correlation.spearman(new double[] {1, 1, 1}, new double[] {1, 2, 3})).isNaN();
  }
}
