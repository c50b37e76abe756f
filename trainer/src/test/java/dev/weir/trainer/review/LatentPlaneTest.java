package dev.weir.trainer.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LatentPlaneTest {

  @Test
  void shouldFindTheTwoWidestDirections() {
    // Given codes of three dimensions, wide along (1, 1, 0) and less so along the third
    Random random = new Random(1);
    float[] codes = new float[600];
    double[] wide = new double[200];
    double[] other = new double[200];
    for (int i = 0; i < 200; i++) {
      wide[i] = 5 * random.nextGaussian();
      other[i] = random.nextGaussian();
      codes[3 * i] = (float) (7 + wide[i] / Math.sqrt(2));
      codes[3 * i + 1] = (float) (wide[i] / Math.sqrt(2));
      codes[3 * i + 2] = (float) other[i];
    }

    // When
    LatentPlane plane = LatentPlane.of(codes, 3);

    // Then
    assertThat(Math.abs(correlation(plane.x(), wide))).isCloseTo(1, within(1e-3));
    assertThat(Math.abs(correlation(plane.y(), other))).isCloseTo(1, within(1e-2));
    assertThat(plane.explained()).isCloseTo(1, within(1e-6));
    assertThat(Math.abs(correlation(plane.x(), plane.y()))).isLessThan(1e-6);
  }

  @Test
  void shouldTakeCodesOfOneDimensionAndConstantOnes() {
    // When
    LatentPlane one = LatentPlane.of(new float[] {1, 2, 3}, 1);
    LatentPlane same = LatentPlane.of(new float[] {4, 4, 4, 4}, 2);

    // Then
    assertThat(one.x()).containsExactly(-1, 0, 1);
    assertThat(one.y()).containsOnly(0);
    assertThat(same.x()).containsOnly(0);
    assertThat(same.explained()).isEqualTo(1);
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }
}
