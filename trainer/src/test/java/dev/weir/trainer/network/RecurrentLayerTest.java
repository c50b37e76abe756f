package dev.weir.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import dev.weir.trainer.network.RecurrentLayer.Cell;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The formulas of recurrent layers, against numbers worked out without PyTorch. */
final class RecurrentLayerTest {
  @Test
  void shouldTakeStepOfLongShortTermMemory() {
    // Given one unit that sees 1 and then 0.5. By hand, with i, f, g, o in that order:
    // 1st: i = σ(0.5 + 0.1) = 0.645656, f = σ(-1 + 0.2), g = tanh(2 - 0.3) = 0.935409,
    // o = σ(1 + 0.4) = 0.802184; s = 0.603953; h = 0.802184 tanh(0.603953) = 0.433064
    // 2nd, with U = (1, 0.5, -1, 2) and the state's bias 0.05 for the cell: i = σ(0.25 + 0.1 +
    // 0.433064), f = σ(-0.5 + 0.2 + 0.216532), g = tanh(1 - 0.3 - 0.433064), ...
    RecurrentLayer layer =
        new RecurrentLayer(
            Cell.LSTM,
            new float[] {0.5f, -1, 2, 1},
            new float[] {1, 0.5f, -1, 2},
            new float[] {0.1f, 0.2f, -0.35f, 0.4f},
            new float[] {0, 0, 0.05f, 0});

    // When
    float[] states = states(layer, new float[] {1, 0.5f}, 1, 2);

    // Then
    assertThat(states[0]).isCloseTo(0.433064f, within(2e-6f));
    double cell = 0.645656 * 0.935409;
    double input = 1 / (1 + Math.exp(-(0.25 + 0.1 + 0.433064)));
    double forget = 1 / (1 + Math.exp(-(-0.5 + 0.2 + 0.216532)));
    double output = 1 / (1 + Math.exp(-(0.5 + 0.4 + 0.866128)));
    cell = forget * cell + input * Math.tanh(1 - 0.3 - 0.433064);
    assertThat(states[1]).isCloseTo((float) (output * Math.tanh(cell)), within(2e-6f));
  }

  @Test
  void shouldTakeStepOfGatedRecurrentUnit() {
    // Given one unit that sees 1 and then -1. By hand, with r, z, n in that order: 1st: z =
    // σ(-0.5) = 0.377541, r = σ(1) = 0.731059, n = tanh(2 + 0.731059 · 0.5) = 0.982520; h = (1 - z)
    // n = 0.611579
    RecurrentLayer layer =
        new RecurrentLayer(
            Cell.GRU,
            new float[] {1, -0.5f, 2},
            new float[] {0.3f, 0.7f, -1},
            new float[] {0, 0, 0},
            new float[] {0, 0, 0.5f});

    // When
    float[] states = states(layer, new float[] {1, -1}, 1, 2);

    // Then
    assertThat(states[0]).isCloseTo(0.611579f, within(5e-6f));
    double reset = 1 / (1 + Math.exp(-(-1 + 0.3 * 0.611579)));
    double update = 1 / (1 + Math.exp(-(0.5 + 0.7 * 0.611579)));
    double fresh = Math.tanh(-2 + reset * (0.5 - 0.611579));
    assertThat(states[1])
        .isCloseTo((float) ((1 - update) * fresh + update * 0.611579), within(5e-6f));
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void shouldComputeAsLayerThatWasTrained(Cell cell) {
    // Given DJL's own layers with random weights
    RecurrentEncoderBlock block = new RecurrentEncoderBlock(cell, 5, 2, 0);
    Random random = new Random(2);
    float[] rows = new float[3 * 7 * 4];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    Shape shape = new Shape(3, 7, 4);
    try (NDManager manager = TorchEngine.get().newBaseManager(Device.cpu())) {
      block.setInitializer(new NormalInitializer(0.5f), (Predicate<Parameter>) parameter -> true);
      block.initialize(manager, DataType.FLOAT32, shape);
      float[] wanted =
          block
              .forward(
                  new ParameterStore(manager, false),
                  new NDList(manager.create(rows, shape)),
                  false)
              .singletonOrThrow()
              .toFloatArray();

      // When what it computes is worked out of the weights alone
      DenseLayer identity = new DenseLayer(identity(5), new float[5], Optional.empty());
      float[] given;
      try (TorchSequence network =
          new TorchSequence(
              new SequenceWeights(Optional.empty(), block.weights(), List.of(identity)))) {
        given = network.forward(rows, 3, 7);
      }

      // Then
      assertThat(given).containsExactly(wanted, within(1e-6f));
    }
  }

  private static float[] identity(int size) {
    float[] matrix = new float[size * size];
    for (int i = 0; i < size; i++) {
      matrix[i * size + i] = 1;
    }
    return matrix;
  }

  private static float[] states(RecurrentLayer layer, float[] rows, int samples, int window) {
    try (NDManager manager = TorchEngine.get().newBaseManager(Device.cpu())) {
      Shape shape = new Shape(samples, window, layer.inputs());
      return new TorchRecurrence(layer).forward(manager.create(rows, shape)).toFloatArray();
    }
  }
}
