package dev.weir.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PrincipalComponentsTest {
  private static final double EXACT = 1e-12;

  @Test
  void shouldFindWhatIsWorkedOutByHand() {
    // Given centred rows (1, 1), (-1, -1), (2, 0), (-2, 0): covariance [[5/2, 1/2], [1/2, 1/2]]
    CovarianceCollector rows = new CovarianceCollector(2);
    rows.add(new float[] {11, 1, 9, -1, 12, 0, 8, 0});

    // When
    PrincipalComponents components = PrincipalComponents.of(rows);

    // Then λ = (3 ± √5) / 2, since λ² - 3λ + 1 = 0; direction (1, 2λ - 5), made a unit
    double large = (3 + Math.sqrt(5)) / 2;
    double slope = 2 * large - 5;
    double length = Math.hypot(1, slope);
    assertThat(components.mean()).containsExactly(new double[] {10, 0}, within(EXACT));
    assertThat(components.variances())
        .containsExactly(new double[] {large, 3 - large}, within(EXACT));
    assertThat(components.direction(0))
        .containsExactly(new double[] {1 / length, slope / length}, within(EXACT));
    assertThat(components.direction(1))
        .containsExactly(new double[] {-slope / length, 1 / length}, within(EXACT));
    assertThat(components.totalVariance()).isCloseTo(3, within(EXACT));
  }

  @Test
  void shouldCountComponentsByWhatTheyExplain() {
    // Given variances of 8, 1 and 0 along the axes
    CovarianceCollector rows = new CovarianceCollector(3);
    rows.add(new float[] {4, 0, 5, -4, 0, 5, 0, (float) Math.sqrt(2), 5});
    rows.add(new float[] {0, (float) -Math.sqrt(2), 5});

    // When
    PrincipalComponents components = PrincipalComponents.of(rows);

    // Then
    assertThat(components.variances()).containsExactly(new double[] {8, 1, 0}, within(1e-6));
    assertThat(components.explaining(0.5)).isEqualTo(1);
    assertThat(components.explaining(0.88)).isEqualTo(1);
    assertThat(components.explaining(0.9)).isEqualTo(2);
    assertThat(components.rank(1e-9)).isEqualTo(2);
  }

  @Test
  void shouldCollectPartsAsTheWhole() {
    // Given rows far from zero, beside which they hardly vary
    Random random = new Random(5);
    float[] all = new float[900];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) (10_000 + random.nextGaussian());
    }
    CovarianceCollector whole = new CovarianceCollector(3);
    CovarianceCollector parts = new CovarianceCollector(3);

    // When
    whole.add(all);
    parts.add(Arrays.copyOf(all, 30));
    parts.add(new float[0]);
    parts.add(Arrays.copyOfRange(all, 30, 900));

    // Then
    assertThat(parts.mean()).containsExactly(whole.mean(), within(1e-9));
    assertThat(parts.covariance().data).containsExactly(whole.covariance().data, within(1e-9));
    assertThat(whole.covariance().get(1, 2)).isCloseTo(naive(all, 1, 2), within(1e-9));
    assertThat(whole.covariance().get(0, 0)).isCloseTo(naive(all, 0, 0), within(1e-9));
  }

  private static double naive(float[] rows, int a, int b) {
    double meanA = 0;
    double meanB = 0;
    int count = rows.length / 3;
    for (int i = 0; i < count; i++) {
      meanA += (double) rows[3 * i + a] / count;
      meanB += (double) rows[3 * i + b] / count;
    }
    double covariance = 0;
    for (int i = 0; i < count; i++) {
      covariance += (rows[3 * i + a] - meanA) * (rows[3 * i + b] - meanB) / count;
    }
    return covariance;
  }
}
