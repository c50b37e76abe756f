package dev.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class WhiteningTest {

  @Test
  void shouldComputeWhatIsWorkedOutByHand() {
    // Given differences (3, 3), (-1, -1), (1, 1), (1, 1): mean 1, all (co)variances 2
    CovarianceCollector differences = new CovarianceCollector(2);
    differences.add(new float[] {3, 3, -1, -1, 1, 1, 1, 1});

    // When
    Whitening whitening = Whitening.of(differences);

    // Then the variance with its floor is 2.1, the correlation 2/2.1, shrunk by 0.3; the
    // eigenvalues
    // belong to the sum and the difference of the columns
    double correlation = 0.7 * 2 / 2.1;
    double diagonal = 0.7 * 2 / 2.1 + 0.3;
    double together = 1 / Math.sqrt(diagonal + correlation);
    double apart = 1 / Math.sqrt(diagonal - correlation);
    double own = (together + apart) / 2 / Math.sqrt(2.1);
    double other = (together - apart) / 2 / Math.sqrt(2.1);
    assertThat(whitening.mean()).containsExactly(1, 1);
    assertThat((double) whitening.matrix()[0]).isCloseTo(own, within(1e-6));
    assertThat((double) whitening.matrix()[1]).isCloseTo(other, within(1e-6));
    double[] squares = whitening.squares(new float[] {2, 0}, new float[] {1, 1});
    assertThat(squares[0]).isCloseTo(Math.pow(own - other, 2), within(1e-6));
    assertThat(squares[1]).isCloseTo(Math.pow(other - own, 2), within(1e-6));
  }

  @Test
  void shouldScaleEachColumnAndLeaveWhatTheyHaveInCommon() {
    // Given differences as above, the second column's three times as large: variances 2 and 18
    CovarianceCollector differences = new CovarianceCollector(2);
    differences.add(new float[] {3, 9, -1, -3, 1, 3, 1, 3});

    // When
    Whitening scaling = Whitening.ofEachColumn(differences);

    // Then the floor is 0.05 of the mean variance, 0.5
    double[] squares = scaling.squares(new float[] {2, 5}, new float[] {1, 1});
    assertThat(squares[0]).isCloseTo(1 / 2.5, within(1e-6));
    assertThat(squares[1]).isCloseTo(4 / 18.5, within(1e-6));
    assertThat(scaling.matrix()[1]).isZero();
  }

  @Test
  void shouldTakeUnknownDifferenceForNone() {
    // Given
    CovarianceCollector differences = new CovarianceCollector(2);
    differences.add(new float[] {1, 0, -1, 0, 0, 2, 0, -2});
    Whitening whitening = Whitening.of(differences);

    // When / Then
    assertThat(whitening.squares(new float[] {5, 77}, new float[] {1, 0}))
        .isEqualTo(whitening.squares(new float[] {5, 0}, new float[] {1, 1}));
  }

  @Test
  void shouldFindDifferenceThatBreaksCorrelationMoreUnusual() {
    // Given two columns that are off together
    Random random = new Random(4);
    float[] rows = new float[2000];
    for (int i = 0; i < rows.length; i += 2) {
      rows[i] = (float) random.nextGaussian();
      rows[i + 1] = rows[i] + (float) (0.1 * random.nextGaussian());
    }
    CovarianceCollector differences = new CovarianceCollector(2);
    differences.add(rows);

    // When
    Whitening whitening = Whitening.of(differences);
    double[] along = whitening.squares(new float[] {2, 2}, new float[] {1, 1});
    double[] across = whitening.squares(new float[] {2, -2}, new float[] {1, 1});

    // Then
    assertThat(across[0] + across[1]).isGreaterThan(4 * (along[0] + along[1]));
  }

  @Test
  void shouldBearColumnsThatAreNeverOff() {
    // Given
    CovarianceCollector differences = new CovarianceCollector(2);
    differences.add(new float[8]);

    // When
    double[] squares =
        Whitening.of(differences).squares(new float[] {0, 1e-3f}, new float[] {1, 1});

    // Then
    assertThat(squares[0]).isZero();
    assertThat(squares[1]).isPositive().isFinite();
  }
}
