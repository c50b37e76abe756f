package dev.weir.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class VaeLossTest {
  private static final double ROUNDING = 1e-4;

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = TorchEngine.get().newBaseManager(Device.cpu());
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray row(float... values) {
    return manager.create(values, new Shape(1, values.length));
  }

  @Test
  void shouldMeasureDivergenceFromPrior() {
    // Given N(1, 4) and N(-0.5, 0.25)
    NDArray mean = row(1, -0.5f);
    NDArray logVariance = row((float) Math.log(4), (float) Math.log(0.25));

    // When
    double divergence = VaeLoss.divergence(mean, logVariance).getFloat(0);

    // Then it is the integral of p log(p / q), summed over a grid
    assertThat(divergence).isCloseTo(integral(1, 2) + integral(-0.5, 0.5), within(ROUNDING));
    assertThat(VaeLoss.divergence(row(0, 0), row(0, 0)).getFloat(0)).isZero();
  }

  private static double integral(double mean, double deviation) {
    double step = 1e-3;
    double sum = 0;
    for (double x = mean - 12 * deviation; x < mean + 12 * deviation; x += step) {
      double p = density(x, mean, deviation);
      sum += p > 0 ? step * p * (logDensity(x, mean, deviation) - logDensity(x, 0, 1)) : 0;
    }
    return sum;
  }

  @Test
  void shouldMeasureSurpriseOfOneVariance() {
    // Given
    double variance = 0.09;

    // When
    NDArray surprise = VaeLoss.surprise(row(0, 0.6f), variance);

    // Then it is the negative log-density, less that of the lowest variance without an error
    double least = -logDensity(0, 0, Math.sqrt(VaeWeights.LOWEST_VARIANCE));
    assertThat((double) surprise.getFloat(0, 0))
        .isCloseTo(-logDensity(0, 0, 0.3) - least, within(ROUNDING));
    assertThat((double) surprise.getFloat(0, 1))
        .isCloseTo(-logDensity(0.6, 0, 0.3) - least, within(ROUNDING));
  }

  @Test
  void shouldMeasureSurpriseOfVarianceOfEachValue() {
    // Given sigmoid(-ln 3) = 1/4, so a variance of four times the lowest
    NDArray doubt = row((float) Math.log(3), -100, 100);

    // When
    NDArray surprise = VaeLoss.surprise(row(0.5f, 0, 0), doubt);

    // Then no variance is below the lowest, and a boundless doubt has a bound
    double least = -logDensity(0, 0, Math.sqrt(VaeWeights.LOWEST_VARIANCE));
    double deviation = Math.sqrt(4 * VaeWeights.LOWEST_VARIANCE);
    assertThat((double) surprise.getFloat(0, 0))
        .isCloseTo(-logDensity(0.5, 0, deviation) - least, within(ROUNDING));
    assertThat((double) surprise.getFloat(0, 1)).isCloseTo(0, within(ROUNDING));
    assertThat((double) surprise.getFloat(0, 2)).isCloseTo(15, within(ROUNDING));
  }

  private static double density(double x, double mean, double deviation) {
    return Math.exp(logDensity(x, mean, deviation));
  }

  private static double logDensity(double x, double mean, double deviation) {
    double z = (x - mean) / deviation;
    return -z * z / 2 - Math.log(deviation * Math.sqrt(2 * Math.PI));
  }
}
