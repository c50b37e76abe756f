package dev.weir.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.trainer.config.Regularization.Denoising;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CorruptionTest {
  private static final int COUNT = 100_000;

  @Test
  void shouldAddNoiseOfDeviation() {
    // Given
    float[] clean = new float[COUNT];
    Arrays.fill(clean, 3);

    // When
    float[] noisy = new Corruption(1).corrupt(clean, new Denoising(0.5, 0));

    // Then
    double mean = 0;
    double squares = 0;
    for (float value : noisy) {
      mean += value / COUNT;
      squares += (value - 3) * (value - 3) / COUNT;
    }
    assertThat(clean).containsOnly(3);
    assertThat(mean).isCloseTo(3, within(0.01));
    assertThat(Math.sqrt(squares)).isCloseTo(0.5, within(0.01));
  }

  @Test
  void shouldMaskShare() {
    // Given
    float[] clean = new float[COUNT];
    Arrays.fill(clean, 3);

    // When
    float[] masked = new Corruption(1).corrupt(clean, new Denoising(0, 0.2));

    // Then
    int zeros = 0;
    for (float value : masked) {
      assertThat(value).isIn(0f, 3f);
      zeros += value == 0 ? 1 : 0;
    }
    assertThat((double) zeros / COUNT).isCloseTo(0.2, within(0.01));
  }

  @Test
  void shouldComeFromSeed() {
    // When / Then
    assertThat(new Corruption(7).normal(10))
        .isEqualTo(new Corruption(7).normal(10))
        .isNotEqualTo(new Corruption(8).normal(10));
  }
}
