package dev.weir.trainer.som;

import dev.weir.trainer.config.SomInitialisation;
import java.util.random.RandomGenerator;

/** What a map's weights are before training. */
final class InitialWeights {
  /** A uniform distribution of this half-width varies by 1. */
  private static final double SPAN = Math.sqrt(3);

  private final SomGrid grid;
  private final SomSamples samples;
  private final PrincipalPlane plane;
  private final RandomGenerator random;

  InitialWeights(SomGrid grid, SomSamples samples, PrincipalPlane plane, RandomGenerator random) {
    this.grid = grid;
    this.samples = samples;
    this.plane = plane;
    this.random = random;
  }

  /** Weights without a NaN. */
  Codebook make(SomInitialisation kind) {
    float[] weights = new float[grid.cells() * samples.size()];
    switch (kind) {
      case PCA -> plane(weights);
      case SAMPLE -> drawn(weights);
      case RANDOM -> noise(weights);
    }
    return new Codebook(weights, samples.size());
  }

  private void plane(float[] weights) {
    int size = samples.size();
    // The larger component runs along the longer side.
    int along = grid.columns() >= grid.rows() * grid.rowHeight() ? 0 : 1;
    for (int cell = 0; cell < grid.cells(); cell++) {
      double a = place(cell % grid.columns(), grid.columns()) * plane.deviations()[along];
      double b = place(cell / grid.columns(), grid.rows()) * plane.deviations()[1 - along];
      for (int k = 0; k < size; k++) {
        weights[cell * size + k] =
            (float) (plane.mean()[k] + a * plane.axes()[along][k] + b * plane.axes()[1 - along][k]);
      }
    }
  }

  private static double place(int index, int count) {
    return count == 1 ? 0 : SPAN * (2.0 * index / (count - 1) - 1);
  }

  /** Different samples, as long as there are any left. */
  private void drawn(float[] weights) {
    int size = samples.size();
    int[] order = new int[samples.count()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    for (int cell = 0; cell < grid.cells(); cell++) {
      int sample = order[cell % order.length];
      for (int k = 0; k < size; k++) {
        float value = samples.at(sample, k);
        weights[cell * size + k] = Float.isNaN(value) ? (float) plane.mean()[k] : value;
      }
    }
  }

  private void noise(float[] weights) {
    int size = samples.size();
    double[] deviations = new double[size];
    for (int k = 0; k < size; k++) {
      double squares = 0;
      for (int i = 0; i < samples.count(); i++) {
        float value = samples.at(i, k);
        double difference = Float.isNaN(value) ? 0 : value - plane.mean()[k];
        squares += difference * difference;
      }
      deviations[k] = Math.sqrt(squares / samples.count());
    }
    for (int i = 0; i < weights.length; i++) {
      int k = i % size;
      weights[i] = (float) (plane.mean()[k] + deviations[k] * random.nextGaussian());
    }
  }
}
