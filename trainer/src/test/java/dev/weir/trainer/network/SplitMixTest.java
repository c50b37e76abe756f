package dev.weir.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SplitMixTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -7, 0x9E3779B97F4A7C15L, Long.MAX_VALUE})
  void shouldGiveWhatSplittableRandomGives(long seed) {
    // Given
    RandomGenerator own = new SplitMix(seed);
    RandomGenerator java = new SplittableRandom(seed);

    // When / Then
    for (int i = 0; i < 1000; i++) {
      assertThat(own.nextInt()).isEqualTo(java.nextInt());
      assertThat(own.nextLong()).isEqualTo(java.nextLong());
      assertThat(own.nextInt(i + 1)).isEqualTo(java.nextInt(i + 1));
      assertThat(own.nextDouble()).isEqualTo(java.nextDouble());
      assertThat(own.nextGaussian()).isEqualTo(java.nextGaussian());
    }
  }

  @Test
  void shouldGoOnFromState() {
    // Given
    SplitMix first = new SplitMix(5);
    for (int i = 0; i < 100; i++) {
      first.nextGaussian();
    }

    // When
    SplitMix second = new SplitMix(99);
    second.restore(first.state());

    // Then
    assertThat(second.nextLong()).isEqualTo(first.nextLong());
  }
}
