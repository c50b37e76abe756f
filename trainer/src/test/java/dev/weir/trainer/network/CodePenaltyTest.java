package dev.weir.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.weir.trainer.config.ActivationKind;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CodePenaltyTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = TorchEngine.get().newBaseManager(Device.cpu());
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray matrix(int rows, float... values) {
    return manager.create(values, new Shape(rows, values.length / rows));
  }

  @Test
  void shouldSumActivity() {
    // Given rows of norms 3.5 and 0.5
    NDArray code = matrix(2, 1, -2, 0.5f, 0, 0.25f, -0.25f);

    // When / Then
    assertThat(CodePenalty.activity(code).getFloat()).isEqualTo(2);
  }

  @Test
  void shouldMeasureDivergenceFromTarget() {
    // Given mean activations of 1/2 and 1/5
    NDArray code = matrix(2, 0.9f, 0.3f, 0.1f, 0.1f);

    // When
    double divergence = CodePenalty.divergence(code, 0.2).getFloat();

    // Then 0.2 ln(0.2 / 0.5) + 0.8 ln(0.8 / 0.5), and nothing for the unit that is on target
    assertThat(divergence).isCloseTo(-0.1832581 + 0.3760029, within(1e-5));
  }

  @Test
  void shouldStayFiniteForUnitThatIsNeverActive() {
    // When / Then
    assertThat(CodePenalty.divergence(matrix(2, 0, 1, 0, 1), 0.1).getFloat())
        .isFinite()
        .isPositive();
  }

  @ParameterizedTest
  @EnumSource(names = {"TANH", "SIGMOID", "LINEAR"})
  void shouldKnowJacobianOfOneLayer(ActivationKind activation) {
    // Given a layer of random weights
    Random random = new Random(3);
    DenseLayer layer = layer(random, 4, 3, activation);
    double[][] rows = new double[5][4];
    double wanted = 0;
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextGaussian();
      }
      wanted += jacobianByLoops(layer, row) / rows.length;
    }

    // When
    NDArray code = matrix(rows.length, forward(layer, rows));
    NDArray weights = matrix(3, layer.weights());

    // Then
    assertThat(CodePenalty.hasClosedForm(activation)).isTrue();
    assertThat((double) CodePenalty.jacobian(code, weights, activation).getFloat())
        .isCloseTo(wanted, within(1e-4 * wanted));
  }

  @Test
  void shouldEstimateJacobianByRandomDirections() {
    // Given one row, many times
    Random random = new Random(6);
    DenseLayer layer = layer(random, 4, 3, ActivationKind.TANH);
    int times = 20_000;
    float[] clean = new float[times * 4];
    double[] row = {0.3, -1, 0.7, 0.2};
    for (int i = 0; i < clean.length; i++) {
      clean[i] = (float) row[i % 4];
    }
    float[] moved = new Corruption(1).move(clean, 1e-2);

    // When
    double estimate;
    try (TorchLayers encoder = new TorchLayers(List.of(layer))) {
      estimate =
          CodePenalty.hutchinson(
                  matrix(times, encoder.forward(clean)),
                  matrix(times, encoder.forward(moved)),
                  1e-2)
              .getFloat();
    }

    // Then its mean is the norm, within three standard errors (of a relative variance below 2)
    double exact = jacobianByLoops(layer, row);
    assertThat(estimate).isCloseTo(exact, within(3 * Math.sqrt(2.0 / times) * exact));
  }

  /** Each entry of the Jacobian as a difference quotient, in double precision. */
  private static double jacobianByLoops(DenseLayer layer, double[] row) {
    double step = 1e-6;
    double norm = 0;
    for (int i = 0; i < row.length; i++) {
      double[] above = row.clone();
      double[] below = row.clone();
      above[i] += step;
      below[i] -= step;
      for (int k = 0; k < layer.outputs(); k++) {
        double entry = (unit(layer, above, k) - unit(layer, below, k)) / (2 * step);
        norm += entry * entry;
      }
    }
    return norm;
  }

  private static double unit(DenseLayer layer, double[] row, int unit) {
    double sum = layer.bias()[unit];
    for (int i = 0; i < row.length; i++) {
      sum += layer.weights()[unit * row.length + i] * row[i];
    }
    return switch (layer.activation().orElseThrow()) {
      case TANH -> Math.tanh(sum);
      case SIGMOID -> 1 / (1 + Math.exp(-sum));
      default -> sum;
    };
  }

  private static float[] forward(DenseLayer layer, double[][] rows) {
    float[] code = new float[rows.length * layer.outputs()];
    for (int i = 0; i < code.length; i++) {
      code[i] = (float) unit(layer, rows[i / layer.outputs()], i % layer.outputs());
    }
    return code;
  }

  private static DenseLayer layer(
      Random random, int inputs, int outputs, ActivationKind activation) {
    float[] weights = new float[inputs * outputs];
    float[] bias = new float[outputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian() / 2;
    }
    for (int k = 0; k < outputs; k++) {
      bias[k] = (float) random.nextGaussian() / 2;
    }
    return new DenseLayer(weights, bias, Optional.of(activation));
  }
}
