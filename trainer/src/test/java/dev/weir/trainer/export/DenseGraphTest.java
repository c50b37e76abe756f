package dev.weir.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.trainer.config.ActivationKind;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.network.DenseLayer;
import dev.weir.trainer.preprocessing.InputColumn;
import dev.weir.trainer.preprocessing.Numbers;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DenseGraphTest {
  private static final float MISSING = Float.NaN;

  @TempDir private Path folder;

  @Test
  void shouldComputeWhatIsWorkedOutByHand() throws Exception {
    // Given z = (x - 10) / 2 and (x - 100) / 1, and a network that gives back (z1, z1)
    Preprocessor preprocessor =
        Numbers.preprocessor(new float[] {11, 102}, new float[] {10, 100}, new float[] {2, 1}, 10);
    DenseLayer down =
        new DenseLayer(new float[] {1, 0}, new float[] {0}, Optional.of(ActivationKind.RELU));
    DenseLayer up = new DenseLayer(new float[] {1, 1}, new float[] {0, 0}, Optional.empty());

    // When the rows are usual, missing a value, missing all, and far beyond the clip
    Rows rows =
        Rows.of(
            new float[] {14, 103, MISSING, 101.5f, MISSING, MISSING, 1e30f, -Float.MAX_VALUE}, 2);
    GraphRun.Output output = run(preprocessor, List.of(down, up), rows);

    // Then z = (2, 3), (0.5, 1.5), (0.5, 2), (10, -10); expected z = (z1, z1)
    assertThat(output.score()).containsExactly(0.5f, 1, 0, 200);
    assertThat(output.contributions()).containsExactly(0, 0.5f, 0, 1, 0, 0, 0, 200);
    assertThat(output.expected()).containsExactly(14, 102, 11, 100.5f, 11, 100.5f, 30, 110);
  }

  @ParameterizedTest
  @EnumSource(ActivationKind.class)
  void shouldComputeLayersAsTheyAreDefined(ActivationKind activation) throws Exception {
    // Given
    Random random = new Random(13);
    int width = 5;
    Preprocessor preprocessor =
        Numbers.preprocessor(
            numbers(random, width),
            numbers(random, width),
            new float[] {1, 2, 0.5f, 1e-3f, 1e3f},
            10);
    List<DenseLayer> layers =
        List.of(
            layer(random, width, 7, Optional.of(activation)),
            layer(random, 7, 2, Optional.empty()),
            layer(random, 2, 7, Optional.of(activation)),
            layer(random, 7, width, Optional.empty()));
    Rows rows = Rows.of(wild(random, 300 * width), width);

    // When
    GraphRun.Output output = run(preprocessor, layers, rows);

    // Then
    for (int i = 0; i < rows.count(); i++) {
      double[] z = standardized(preprocessor, rows, i);
      double[] expected = z;
      for (DenseLayer layer : layers) {
        expected = apply(layer, expected);
      }
      double score = 0;
      int present = 0;
      for (int j = 0; j < width; j++) {
        present += Float.isNaN(rows.at(i, j)) ? 0 : 1;
      }
      for (int j = 0; j < width; j++) {
        boolean missing = Float.isNaN(rows.at(i, j));
        double share = missing ? 0 : (z[j] - expected[j]) * (z[j] - expected[j]) / present;
        score += share;
        assertThat((double) output.contributions()[i * width + j])
            .isCloseTo(share, within(1e-4 * (1 + share)));
      }
      assertThat((double) output.score()[i]).isCloseTo(score, within(1e-4 * (1 + score)));
    }
  }

  @Test
  void shouldWriteSameBytesForSameModel() {
    // Given
    Preprocessor preprocessor =
        Numbers.preprocessor(new float[] {0, 0}, new float[] {0, 0}, new float[] {1, 1}, 10);

    // When
    byte[] one = graph(preprocessor, twoLayers()).bytes();
    byte[] other = graph(preprocessor, twoLayers()).bytes();

    // Then
    assertThat(one).isEqualTo(other);
  }

  private static List<DenseLayer> twoLayers() {
    Random random = new Random(1);
    return List.of(
        layer(random, 2, 1, Optional.of(ActivationKind.GELU)),
        layer(random, 1, 2, Optional.empty()));
  }

  private static OnnxModel graph(Preprocessor preprocessor, List<DenseLayer> layers) {
    GraphFrame frame = new GraphFrame("dense", preprocessor, 1);
    return frame.end(frame.reconstructed(DenseGraph.append(frame, frame.flattened(), layers)));
  }

  private GraphRun.Output run(Preprocessor preprocessor, List<DenseLayer> layers, Rows rows)
      throws Exception {
    try (GraphRun graph = new GraphRun(graph(preprocessor, layers), folder)) {
      return graph.run(rows);
    }
  }

  private static double[] standardized(Preprocessor preprocessor, Rows rows, int row) {
    double[] z = new double[rows.width()];
    for (int j = 0; j < z.length; j++) {
      InputColumn column = preprocessor.columns().get(j);
      float x = Float.isNaN(rows.at(row, j)) ? preprocessor.fill(j) : rows.at(row, j);
      double scaled = ((double) x - column.centre()) / column.scale();
      z[j] = Math.max(-preprocessor.clip(), Math.min(preprocessor.clip(), scaled));
    }
    return z;
  }

  private static double[] apply(DenseLayer layer, double[] input) {
    double[] output = new double[layer.outputs()];
    for (int i = 0; i < output.length; i++) {
      double sum = layer.bias()[i];
      for (int j = 0; j < input.length; j++) {
        sum += layer.weights()[i * input.length + j] * input[j];
      }
      double x = sum;
      output[i] = layer.activation().map(kind -> activate(kind, x)).orElse(x);
    }
    return output;
  }

  private static double activate(ActivationKind kind, double x) {
    return switch (kind) {
      case RELU -> Math.max(0, x);
      case TANH -> Math.tanh(x);
      case GELU -> x / 2 * (1 + erf(x / Math.sqrt(2)));
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case LINEAR -> x;
    };
  }

  /** The error function by its Taylor series, which is exact enough within 6 of zero. */
  private static double erf(double x) {
    if (Math.abs(x) > 5) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; n < 200; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  private static DenseLayer layer(
      Random random, int inputs, int outputs, Optional<ActivationKind> activation) {
    return new DenseLayer(numbers(random, inputs * outputs), numbers(random, outputs), activation);
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian() / 2;
    }
    return numbers;
  }

  /** Usual, missing and extreme values. */
  private static float[] wild(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (random.nextInt(8)) {
            case 0 -> MISSING;
            case 1 -> (float) (1e30 * random.nextGaussian());
            case 2 -> (random.nextBoolean() ? 1 : -1) * Float.MAX_VALUE;
            case 3 -> 0;
            default -> (float) random.nextGaussian();
          };
    }
    assertThat(Arrays.copyOf(values, 40)).contains(MISSING);
    return values;
  }
}
