package dev.weir.trainer.som;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CodebookTest {

  @ParameterizedTest
  @CsvSource({"1,1,0", "2,3,0.5", "7,4,0", "513,9,0.2", "1100,5,0", "1100,6,0.01"})
  void shouldFindWhatPlainSearchFinds(int cells, int size, double missing) {
    // Given
    float[] weights = numbers(cells * size, 1, 0);
    SomSamples samples = SomSamples.of(numbers(203 * size, 2, missing), size);

    // When
    BestMatches matches = new Codebook(weights, size).bestMatches(samples);

    // Then distances, not cells: two may be nearly equally far
    for (int i = 0; i < samples.count(); i++) {
      double best = Double.POSITIVE_INFINITY;
      double second = Double.POSITIVE_INFINITY;
      for (int cell = 0; cell < cells; cell++) {
        double distance = distance(samples, i, weights, cell);
        second = Math.min(second, Math.max(best, distance));
        best = Math.min(best, distance);
      }
      int cell = matches.cells()[i];
      assertThat(distance(samples, i, weights, cell)).isCloseTo(best, within(1e-4));
      assertThat(matches.errors()[i] * Math.max(1, samples.present(i)))
          .isCloseTo(distance(samples, i, weights, cell), within(1e-9));
      if (cells > 1) {
        assertThat(matches.seconds()[i]).isNotEqualTo(cell);
        assertThat(distance(samples, i, weights, matches.seconds()[i]))
            .isCloseTo(second, within(1e-4));
      }
      int alone = new Codebook(weights, size).bestMatch(samples, i, new float[cells]);
      assertThat(distance(samples, i, weights, alone)).isCloseTo(best, within(1e-4));
    }
  }

  @Test
  void shouldFindSameOnAnyNumberOfCores() throws Exception {
    // Given
    Codebook codebook = new Codebook(numbers(700 * 8, 3, 0), 8);
    SomSamples samples = SomSamples.of(numbers(1000 * 8, 4, 0.1), 8);

    // When
    BestMatches alone = inPool(1, codebook, samples);
    BestMatches together = inPool(5, codebook, samples);

    // Then
    assertThat(together.cells()).isEqualTo(alone.cells());
    assertThat(together.seconds()).isEqualTo(alone.seconds());
    assertThat(together.errors()).isEqualTo(alone.errors());
  }

  @Test
  void shouldGiveWeightsBack() {
    // Given
    float[] weights = numbers(6 * 4, 5, 0);

    // When / Then
    assertThat(new Codebook(weights, 4).rowByRow()).isEqualTo(weights);
  }

  private static BestMatches inPool(int threads, Codebook codebook, SomSamples samples)
      throws Exception {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(() -> codebook.bestMatches(samples)).get();
    } finally {
      pool.shutdown();
    }
  }

  private static double distance(SomSamples samples, int sample, float[] weights, int cell) {
    double sum = 0;
    for (int k = 0; k < samples.size(); k++) {
      if (!Float.isNaN(samples.at(sample, k))) {
        sum += Math.pow((double) samples.at(sample, k) - weights[cell * samples.size() + k], 2);
      }
    }
    return sum;
  }

  private static float[] numbers(int count, long seed, double missing) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextDouble() < missing ? Float.NaN : (float) (3 * random.nextGaussian());
    }
    return values;
  }
}
