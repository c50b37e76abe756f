package dev.weir.scorer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.config.AlertConfig;
import dev.weir.scorer.fixture.TinyBundle;
import dev.weir.scorer.fixture.TinyGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph that has the output {@code cell}, as a self-organising map's has. */
class BestMatchingUnitTest {
  private static final TinyGraph GRAPH = TinyGraph.sumOfSquares(3);

  @TempDir private Path folder;

  @Test
  void shouldCarryTheCellOfEachRow() throws Exception {
    try (LoadedModel loaded = load(withCell("ArgMax", false));
        AnomalyModel model = loaded.newScorer();
        ScoredBatch scored =
            model.score(
                batch(new float[] {9, 0, 0}, new float[] {0, 0, 5}, new float[] {0, 1, 0}))) {
      assertThat(List.of(0, 1, 2))
          .extracting(row -> scored.cell(row).orElseThrow())
          .containsExactly(0, 2, 1);
    }
  }

  @Test
  void shouldPutTheCellIntoTheVerdictOnEachRecord() throws Exception {
    // Given
    FeatureBatch rows = batch(new float[] {0, 0, 5}, new float[] {0, 1, 0});

    try (LoadedModel loaded = load(withCell("ArgMax", false));
        AnomalyModel model = loaded.newScorer();
        ScoredBatch scored = model.score(rows)) {
      // When
      VerdictMaker verdicts = new VerdictMaker(loaded.manifest(), new AlertConfig(null, 3));
      Verdict anomalous = verdicts.of(scored, rows, 0, false);
      Verdict normal = verdicts.of(scored, rows, 1, false);

      // Then
      assertThat(anomalous.cell()).hasValue(2);
      assertThat(normal.anomalous()).isFalse();
      assertThat(normal.cell()).as("for the map of hits").hasValue(1);
    }
  }

  @Test
  void shouldHaveNoCellsWithoutAMap() {
    try (LoadedModel loaded = load(GRAPH.onnx());
        AnomalyModel model = loaded.newScorer();
        ScoredBatch scored = model.score(batch(new float[] {1, 2, 3}))) {
      assertThat(scored.cell(0)).isEmpty();
    }
  }

  @Test
  void shouldRefuseABundleWhoseCellsAreNoneOfItsRows() {
    // One number for the whole batch.
    assertThatThrownBy(() -> load(withCell("ArgMax", true)))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("cell");
  }

  @Test
  void shouldRefuseABundleWhoseCellsAreNoIntegers() {
    assertThatThrownBy(() -> load(withCell("ReduceMax", false)))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("int64");
  }

  private LoadedModel load(byte[] onnx) {
    Bundle bundle = TinyBundle.write(folder.resolve("bundle"), 3, onnx);
    return LoadedModel.load(bundle);
  }

  private static FeatureBatch batch(float[]... rows) {
    FeatureBatch batch = new FeatureBatch(rows.length, rows[0].length);
    for (float[] row : rows) {
      batch.add(row);
    }
    return batch;
  }

  /** The tiny graph with one more output: the place of each row's largest value, say. */
  private static byte[] withCell(String operator, boolean ofAll) {
    try {
      OnnxMl.ModelProto.Builder model = OnnxMl.ModelProto.parseFrom(GRAPH.onnx()).toBuilder();
      OnnxMl.NodeProto.Builder node =
          OnnxMl.NodeProto.newBuilder()
              .setOpType(operator)
              .addInput("features")
              .addOutput("cell")
              .addAttribute(attribute("keepdims", 0));
      if (operator.equals("ArgMax")) {
        node.addAttribute(attribute("axis", ofAll ? 0 : 1));
      } else {
        node.addAttribute(
            OnnxMl.AttributeProto.newBuilder()
                .setName("axes")
                .setType(OnnxMl.AttributeProto.AttributeType.INTS)
                .addInts(1));
      }
      OnnxMl.TypeProto.Tensor.Builder type =
          OnnxMl.TypeProto.Tensor.newBuilder()
              .setElemType(
                  operator.equals("ArgMax")
                      ? OnnxMl.TensorProto.DataType.INT64_VALUE
                      : OnnxMl.TensorProto.DataType.FLOAT_VALUE);
      model
          .getGraphBuilder()
          .addNode(node)
          .addOutput(
              OnnxMl.ValueInfoProto.newBuilder()
                  .setName("cell")
                  .setType(OnnxMl.TypeProto.newBuilder().setTensorType(type)));
      return model.build().toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("the tiny graph is no model", e);
    }
  }

  private static OnnxMl.AttributeProto attribute(String name, int value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }
}
