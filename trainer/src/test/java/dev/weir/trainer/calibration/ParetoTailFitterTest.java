package dev.weir.trainer.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.calibration.ParetoTail;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ParetoTailFitterTest {

  /** The estimate's standard error is about (1 + ξ)/√n for the shape: 0.02 with n = 5000. */
  @ParameterizedTest
  @CsvSource({"-0.2,1", "0,1", "0.3,1", "0.7,1", "-0.2,1e-6", "0,2500", "0.3,1e-6", "0.7,2500"})
  void shouldRecoverShapeAndScaleOfKnownTail(double shape, double scale) {
    // Given
    double[] excesses = sample(shape, scale, 5000, 11);

    // When
    ParetoTail tail = ParetoTailFitter.fit(3, 0.02, excesses);

    // Then
    assertThat(tail.shape()).isCloseTo(shape, within(0.08));
    assertThat(tail.scale()).isCloseTo(scale, within(0.08 * scale));
    assertThat(tail.threshold()).isEqualTo(3);
    assertThat(tail.exceedanceRate()).isEqualTo(0.02);
  }

  @ParameterizedTest
  @CsvSource({"-0.2", "0", "0.3", "0.7"})
  void shouldBeAtLeastAsLikelyAsTruth(double shape) {
    // Given
    double[] excesses = sample(shape, 2, 200, 5);

    // When
    ParetoTail tail = ParetoTailFitter.fit(0, 0.1, excesses);

    // Then
    assertThat(logLikelihood(excesses, tail.shape(), tail.scale()))
        .isGreaterThanOrEqualTo(logLikelihood(excesses, shape, 2));
  }

  @ParameterizedTest
  @CsvSource({"-0.9", "1.8"})
  void shouldKeepShapeWithinBounds(double shape) {
    // Given
    double[] excesses = sample(shape, 1, 2000, 3);

    // When
    ParetoTail tail = ParetoTailFitter.fit(0, 0.1, excesses);

    // Then
    assertThat(tail.shape()).isBetween(-0.5 - 1e-9, 1 + 1e-9);
    assertThat(tail.scale()).isPositive().isFinite();
  }

  @Test
  void shouldTakeOneExcessOrManyEqualOnes() {
    // When
    ParetoTail one = ParetoTailFitter.fit(1, 0.2, new double[] {0.5});
    ParetoTail equal = ParetoTailFitter.fit(1, 0.2, new double[] {2, 2, 2, 2});

    // Then
    for (ParetoTail tail : new ParetoTail[] {one, equal}) {
      assertThat(tail.shape()).isBetween(-0.5 - 1e-9, 1 + 1e-9);
      assertThat(tail.scale()).isPositive();
      assertThat(tail.scoreAt(0.01)).isGreaterThan(1).isFinite();
    }
  }

  @Property(seed = "20260", tries = 200)
  void shouldScaleWithItsUnit(
      @ForAll @DoubleRange(min = -0.3, max = 0.8) double shape,
      @ForAll @IntRange(min = -9, max = 9) int power) {
    // Given the same excesses in another unit
    double unit = Math.pow(10, power);
    double[] excesses = sample(shape, 1, 300, 17);
    double[] rescaled = Arrays.stream(excesses).map(excess -> excess * unit).toArray();

    // When
    ParetoTail tail = ParetoTailFitter.fit(0, 0.1, excesses);
    ParetoTail inUnit = ParetoTailFitter.fit(0, 0.1, rescaled);

    // Then
    assertThat(inUnit.shape()).isCloseTo(tail.shape(), within(1e-4));
    assertThat(inUnit.scale() / unit).isCloseTo(tail.scale(), within(1e-3));
  }

  private static double[] sample(double shape, double scale, int count, long seed) {
    Random random = new Random(seed);
    return random
        .doubles(count)
        .map(u -> shape == 0 ? -Math.log(u) : (Math.pow(u, -shape) - 1) / shape)
        .map(excess -> Math.max(excess, 1e-12) * scale)
        .toArray();
  }

  private static double logLikelihood(double[] excesses, double shape, double scale) {
    return Arrays.stream(excesses)
        .map(
            x ->
                Math.abs(shape) < 1e-9
                    ? -Math.log(scale) - x / scale
                    : -Math.log(scale) - (1 + 1 / shape) * Math.log1p(shape * x / scale))
        .sum();
  }
}
