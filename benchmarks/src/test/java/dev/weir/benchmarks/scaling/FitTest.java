package dev.weir.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FitTest {
  private static final double[] X = {1, 10, 100, 1000};

  @Test
  void shouldFindTheExponentOfAPower() {
    double[] y = Arrays.stream(X).map(x -> 3 * Math.pow(x, 0.7)).toArray();

    PowerLaw law = PowerLaw.fit(X, y);

    assertThat(law.exponent()).isCloseTo(0.7, within(1e-9));
    assertThat(law.scale()).isCloseTo(3, within(1e-9));
    assertThat(law.determination()).isCloseTo(1, within(1e-9));
    assertThat(law.at(50)).isCloseTo(3 * Math.pow(50, 0.7), within(1e-6));
  }

  @Test
  void shouldSayHowMuchOfItIsNoPower() {
    PowerLaw law = PowerLaw.fit(X, new double[] {1, 100, 2, 50});

    assertThat(law.determination()).isBetween(0.05, 0.6);
  }

  @Test
  void shouldRefuseWhatHasNoLogarithm() {
    assertThatThrownBy(() -> PowerLaw.fit(X, new double[] {1, 0, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("logarithm");
    assertThatThrownBy(() -> PowerLaw.fit(new double[] {2, 2}, new double[] {1, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same place");
  }

  @Test
  void shouldTellWhatIsFixedFromWhatEachCosts() {
    double[] y = Arrays.stream(X).map(x -> 5 + 0.25 * x).toArray();

    Line line = Line.fit(X, y);

    assertThat(line.fixed()).isCloseTo(5, within(1e-9));
    assertThat(line.each()).isCloseTo(0.25, within(1e-9));
  }

  @Test
  void shouldLetNothingCostLessThanNothing() {
    assertThat(Line.fit(X, new double[] {9, 8, 7, 6}).each()).isZero();
    assertThat(Line.fit(X, new double[] {0.5, 10, 100, 1000}).fixed()).isGreaterThanOrEqualTo(0);
  }
}
