package dev.weir.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Attention, normalisation and places, against numbers worked out without PyTorch. */
final class AttentionLayerTest {
  @Test
  void shouldWeighValuesBySoftmaxOfProducts() {
    // Given one head of width 1, a query of 2 and keys of 0 and ln(3) / 2: by hand the weights are
    // 1 / 4 and 3 / 4, and of the values 8 and 4 that makes 5
    float[] keys = {0, (float) (Math.log(3) / 2)};

    // When / Then
    try (NDManager manager = TorchEngine.get().newBaseManager(Device.cpu())) {
      Shape rows = new Shape(1, 2, 1);
      float[] found =
          TorchAttention.attend(
                  manager.create(new float[] {2}, new Shape(1, 1, 1)),
                  manager.create(keys, rows),
                  manager.create(new float[] {8, 4}, rows),
                  1)
              .toFloatArray();
      assertThat(found).containsExactly(new float[] {5}, within(1e-5f));
    }
  }

  @Test
  void shouldAttendWithEachHeadAlone() {
    // Given
    int samples = 2;
    int asking = 3;
    int window = 5;
    int heads = 2;
    int width = 6;
    float[] queries = random(samples * asking * width, 1);
    float[] keys = random(samples * window * width, 2);
    float[] values = random(samples * window * width, 3);

    // When
    float[] found;
    try (NDManager manager = TorchEngine.get().newBaseManager(Device.cpu())) {
      Shape shape = new Shape(samples, window, width);
      found =
          TorchAttention.attend(
                  manager.create(queries, new Shape(samples, asking, width)),
                  manager.create(keys, shape),
                  manager.create(values, shape),
                  heads)
              .toFloatArray();
    }

    // Then
    float[] wanted = new float[found.length];
    for (int i = 0; i < samples; i++) {
      for (int q = 0; q < asking; q++) {
        for (int head = 0; head < heads; head++) {
          double total = 0;
          double[] sums = new double[width / heads];
          for (int t = 0; t < window; t++) {
            double product = 0;
            for (int k = 0; k < width / heads; k++) {
              int column = head * width / heads + k;
              product +=
                  queries[(i * asking + q) * width + column]
                      * keys[(i * window + t) * width + column];
            }
            double weight = Math.exp(product / Math.sqrt(3));
            total += weight;
            for (int k = 0; k < width / heads; k++) {
              sums[k] += weight * values[(i * window + t) * width + head * width / heads + k];
            }
          }
          for (int k = 0; k < width / heads; k++) {
            wanted[(i * asking + q) * width + head * width / heads + k] = (float) (sums[k] / total);
          }
        }
      }
    }
    assertThat(found).containsExactly(wanted, within(1e-5f));
  }

  @Test
  void shouldNormaliseRow() {
    // Given a row with mean 2 and variance 8 / 3
    Normalization layer = new Normalization(new float[] {1, 2, 1}, new float[] {0, 1, -1});
    double deviation = Math.sqrt(8 / 3.0 + 1e-5);

    // When / Then
    try (NDManager manager = TorchEngine.get().newBaseManager(Device.cpu())) {
      float[] rows =
          FittedLayers.normalized(manager.create(new float[] {0, 2, 4}, new Shape(1, 1, 3)), layer)
              .toFloatArray();
      assertThat(rows)
          .containsExactly(
              new float[] {(float) (-2 / deviation), 1, (float) (2 / deviation - 1)},
              within(1e-6f));
    }
  }

  @Test
  void shouldTellPlacesApart() {
    // When
    float[] positions = SequenceEncoder.Transformer.positions(3, 4);

    // Then
    assertThat(positions)
        .containsExactly(
            new float[] {
              0,
              1,
              0,
              1,
              (float) Math.sin(1),
              (float) Math.cos(1),
              (float) Math.sin(0.01),
              (float) Math.cos(0.01),
              (float) Math.sin(2),
              (float) Math.cos(2),
              (float) Math.sin(0.02),
              (float) Math.cos(0.02)
            },
            within(1e-6f));
  }

  private static float[] random(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
