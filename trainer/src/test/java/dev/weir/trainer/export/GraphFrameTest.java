package dev.weir.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.config.Scaling;
import dev.weir.trainer.data.LinkedRows;
import dev.weir.trainer.data.MixedRows;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.preprocessing.Numbers;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.PreprocessorFitter;
import dev.weir.trainer.preprocessing.ReconstructionError;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;

/** The frame around a model that gives back half of every column that it sees. */
final class GraphFrameTest {
  private static final FeatureSpec MIXED = MixedRows.FEATURES;

  @TempDir private Path folder;

  private static OnnxModel halving(Preprocessor preprocessor, int window) {
    GraphFrame frame = new GraphFrame("halving", preprocessor, window);
    ONNXNode half =
        frame.flattened().apply(ONNXOperators.MUL, frame.context().constant("half", 0.5f));
    return frame.end(frame.reconstructed(half));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void shouldScoreAsPreprocessorAndErrorSay(int window) throws Exception {
    // Given
    LinkedRows rows = LinkedRows.ofOneKey(MixedRows.of(600, 0.15));
    Samples samples = Samples.of(rows.rows(), rows.previous(), window);
    Preprocessor preprocessor =
        new PreprocessorFitter(samples, Scaling.STANDARD, 10, true).fit(MIXED);
    float[] seen = preprocessor.apply(samples);
    float[] given = seen.clone();
    for (int i = 0; i < given.length; i++) {
      given[i] /= 2;
    }
    double[] wanted =
        ReconstructionError.of(preprocessor, samples, 0, samples.count(), seen, given);

    // When
    GraphRun.Output output;
    try (GraphRun graph = new GraphRun(halving(preprocessor, window), folder)) {
      output = graph.run(samples);
    }

    // Then
    for (int i = 0; i < samples.count(); i++) {
      double sum = 0;
      for (int j = 0; j < MIXED.width(); j++) {
        float contribution = output.contributions()[i * MIXED.width() + j];
        assertThat(contribution).isGreaterThanOrEqualTo(0);
        sum += contribution;
      }
      assertThat((double) output.score()[i]).isCloseTo(wanted[i], within(1e-4 * (1 + wanted[i])));
      assertThat(sum).isCloseTo(wanted[i], within(1e-4 * (1 + wanted[i])));
    }
  }

  @Test
  void shouldExpectValuesInUnitsOfFeatures() throws Exception {
    // Given a model that gives back what it sees
    Samples samples = Samples.of(MixedRows.of(400, 0));
    Preprocessor preprocessor =
        new PreprocessorFitter(samples, Scaling.ROBUST, 1e4, true).fit(MIXED);
    GraphFrame frame = new GraphFrame("identity", preprocessor, 1);

    // When
    float[] expected;
    try (GraphRun graph = new GraphRun(frame.end(frame.reconstructed(frame.flattened())), folder)) {
      expected = graph.run(samples).expected();
    }

    // Then
    for (int i = 0; i < samples.count(); i++) {
      for (int j = 0; j < MIXED.width(); j++) {
        float value = samples.at(i, j);
        assertThat(expected[i * MIXED.width() + j])
            .as("row %s, %s", i, MIXED.names().get(j))
            .isCloseTo(value, within(2e-3f * Math.max(1, Math.abs(value))));
      }
    }
  }

  @Test
  void shouldScoreSampleWithoutAnyValueZero() throws Exception {
    // Given
    Samples training = Samples.of(MixedRows.of(100, 0));
    float[] nothing = new float[MIXED.width()];
    Arrays.fill(nothing, Float.NaN);
    Preprocessor preprocessor =
        new PreprocessorFitter(training, Scaling.STANDARD, 10, false).fit(MIXED);

    // When / Then
    try (GraphRun graph = new GraphRun(halving(preprocessor, 1), folder)) {
      GraphRun.Output output = graph.run(Rows.of(nothing, MIXED.width()));
      assertThat(output.score()).containsExactly(0);
      assertThat(output.contributions()).containsOnly(0);
      assertThat(output.expected()).doesNotContain(Float.NaN);
    }
  }

  @Test
  void shouldScoreNewestRowAlone() throws Exception {
    // Given windows of two rows, of which the older one is wild
    Samples samples =
        Samples.of(Rows.of(new float[] {50, 1, 70, 2}, 1), new int[] {-1, 0, 1, 2}, 2);
    Preprocessor preprocessor =
        Numbers.preprocessor(new float[] {0}, new float[] {0}, new float[] {1}, 1e6f);
    GraphFrame frame = new GraphFrame("newest", preprocessor, 2);
    ONNXNode newest = frame.newest(frame.preprocessed());
    ONNXNode nought = newest.apply(ONNXOperators.MUL, frame.context().constant("zero", 0f));

    // When
    OnnxModel model = frame.end(frame.newestOutputs(frame.squaredError(newest, nought), nought));

    // Then
    try (GraphRun graph = new GraphRun(model, folder)) {
      assertThat(graph.run(samples).score()).containsExactly(1, 4900, 4);
    }
  }

  @Test
  void shouldGiveOutputsOfFamilysOwn() throws Exception {
    // Given
    Samples samples = Samples.of(Rows.of(new float[] {5, 1, 2, 9}, 2));
    Preprocessor preprocessor = Numbers.identity(2);
    GraphFrame frame = new GraphFrame("extra", preprocessor, 1);
    GraphOutputs outputs = frame.reconstructed(frame.flattened());
    ONNXNode largest =
        frame.flattened().apply(GraphOperator.ARG_MAX, Map.of("axis", 1, "keepdims", 0));

    // When
    OnnxModel model =
        frame.end(
            new GraphOutputs(
                outputs.score(),
                outputs.contributions(),
                outputs.expected(),
                Map.of("cell", new GraphOutputs.Extra(largest, GraphOutputs.INT64))));

    // Then
    try (GraphRun graph = new GraphRun(model, folder)) {
      assertThat(graph.integers(samples, "cell")).containsExactly(0, 1);
    }
  }
}
