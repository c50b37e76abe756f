package dev.weir.trainer.export;

import ai.onnx.proto.OnnxMl;
import dev.weir.trainer.data.Whitening;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;
import org.tribuo.util.onnx.ONNXRef;

/**
 * What every family's graph begins and ends with.
 *
 * <p>It begins with what {@link Preprocessor} does: {@code d} raw features become {@code e}
 * columns. A family's own nodes follow; it ends with the split of an error over the features, and
 * with the expected values in the features' own units.
 */
public final class GraphFrame {
  private static final int IR_VERSION = 7;

  private final ONNXContext context;
  private final Preprocessor preprocessor;
  private final int window;
  private final ONNXNode missing;
  private final ONNXNode preprocessed;
  private final ColumnGraph columns;

  /**
   * Begins a graph.
   *
   * @param name of the graph
   * @param window how many rows a sample has; with 1 the input is {@code [n, d]}, with more {@code
   *     [n, w, d]}
   */
  public GraphFrame(String name, Preprocessor preprocessor, int window) {
    this.preprocessor = preprocessor;
    this.window = window;
    context = new ONNXContext();
    context.setName(name);
    ONNXPlaceholder features = context.floatInput("features", preprocessor.width());
    missing = features.apply(GraphOperator.IS_NAN);
    columns = new ColumnGraph(context, preprocessor);
    preprocessed = columns.of(features, missing);
  }

  private GraphFrame(GraphFrame whole, int window, ONNXNode missing, ONNXNode preprocessed) {
    context = whole.context;
    preprocessor = whole.preprocessor;
    columns = whole.columns;
    this.window = window;
    this.missing = missing;
    this.preprocessed = preprocessed;
  }

  /** The same graph, of whose samples only the last rows are looked at. */
  public GraphFrame last(int shorterWindow) {
    if (shorterWindow == window) {
      return this;
    }
    return new GraphFrame(
        this,
        shorterWindow,
        lastRows(missing, shorterWindow),
        lastRows(preprocessed, shorterWindow));
  }

  private ONNXNode lastRows(ONNXNode rows, int count) {
    if (count == 1) {
      return newest(rows);
    }
    return context.operation(
        ONNXOperators.GATHER,
        List.of(
            rows, context.array("lastRows", LongStream.range(window - count, window).toArray())),
        "lastRows",
        Map.of("axis", 1));
  }

  public ONNXContext context() {
    return context;
  }

  public Preprocessor preprocessor() {
    return preprocessor;
  }

  /** How many rows a sample has. */
  public int window() {
    return window;
  }

  /** What a network sees: {@code [n, e]}, or {@code [n, w, e]} with a window of more than 1. */
  public ONNXNode preprocessed() {
    return preprocessed;
  }

  /** What a network sees, with the rows of a sample one after the other: {@code [n, w · e]}. */
  public ONNXNode flattened() {
    return window == 1
        ? preprocessed
        : reshaped(preprocessed, -1, (long) window * preprocessor.columnCount());
  }

  /**
   * What of {@link #flattened()} is there: 1, or 0 where a feature is missing or a column is
   * nothing that a model has to give back; {@code [n, w · e]}.
   */
  public ONNXNode presence() {
    ONNXNode there = columns.presence(missing);
    return window == 1 ? there : reshaped(there, -1, (long) window * preprocessor.columnCount());
  }

  /** Some of the last axis, in the order of the indices. */
  public ONNXNode gathered(ONNXRef<?> node, long[] indices) {
    return columns.gathered(node, indices);
  }

  /** A node's values in another shape; one of the sizes may be -1, which is then worked out. */
  public ONNXNode reshaped(ONNXRef<?> node, long... shape) {
    return node.onnxContext()
        .operation(
            GraphOperator.RESHAPE,
            List.of(node, context.array("shape", shape)),
            "reshaped",
            Map.of());
  }

  /**
   * The error of a reconstruction of whole samples.
   *
   * @param reconstruction {@code [n, w · e]}
   */
  public GraphOutputs reconstructed(ONNXRef<?> reconstruction) {
    int width = preprocessor.columnCount();
    if (window == 1) {
      return outputs(squaredError(preprocessed, reconstruction), reconstruction);
    }
    ONNXNode shaped = reshaped(reconstruction, -1, window, width);
    return outputs(squaredError(preprocessed, shaped), newest(shaped));
  }

  /**
   * The error of a reconstruction of whole samples, relative to what is usual.
   *
   * @param reconstruction {@code [n, w · e]}
   * @param whitening of the differences between it and what it should be
   */
  public GraphOutputs reconstructed(ONNXNode reconstruction, Whitening whitening) {
    int width = whitening.width();
    // Given as columns: y = e Aᵀ.
    ONNXInitializer matrix =
        context.floatTensor(
            "whitening",
            List.of(width, width),
            buffer -> {
              float[] rows = whitening.matrix();
              for (int j = 0; j < width; j++) {
                for (int i = 0; i < width; i++) {
                  buffer.put(rows[i * width + j]);
                }
              }
            });
    ONNXNode whitened =
        reconstruction
            .apply(ONNXOperators.SUB, flattened())
            .apply(ONNXOperators.SUB, context.array("usual", whitening.mean()))
            .apply(ONNXOperators.MUL, presence())
            .apply(GraphOperator.MATMUL, matrix);
    ONNXNode errors = whitened.apply(ONNXOperators.MUL, whitened);
    if (window == 1) {
      return outputs(errors, reconstruction);
    }
    return outputs(
        reshaped(errors, -1, window, preprocessor.columnCount()),
        newest(reshaped(reconstruction, -1, window, preprocessor.columnCount())));
  }

  /** {@code (wanted - given)²}, of whatever shape the two have. */
  public ONNXNode squaredError(ONNXNode wanted, ONNXRef<?> given) {
    ONNXNode error = wanted.apply(ONNXOperators.SUB, given);
    return error.apply(ONNXOperators.MUL, error);
  }

  /** The newest row of each sample, {@code [n, e]} of {@code [n, w, e]}. */
  public ONNXNode newest(ONNXNode rows) {
    return window == 1
        ? rows
        : context.operation(
            ONNXOperators.GATHER,
            List.of(rows, context.constant("newest", (long) window - 1)),
            "newest",
            Map.of("axis", 1));
  }

  /**
   * Splits an error over the features; the score is the mean over the values that are present in a
   * sample, and 0 for one without any.
   *
   * @param errors of each column, not negative: {@code [n, e]}, or {@code [n, w, e]} with a window
   * @param expected columns of the newest row, {@code [n, e]}
   */
  public GraphOutputs outputs(ONNXNode errors, ONNXRef<?> expected) {
    return outputs(errors, missing, window, expected);
  }

  /** The same for the error of the newest rows alone, {@code [n, e]}. */
  public GraphOutputs newestOutputs(ONNXNode errors, ONNXRef<?> expected) {
    return outputs(errors, newest(missing), 1, expected);
  }

  private GraphOutputs outputs(ONNXNode errors, ONNXNode absent, int rows, ONNXRef<?> expected) {
    ONNXInitializer nothing = context.constant("nothing", 0f);
    ONNXInitializer one = context.constant("one", 1f);
    ONNXInitializer last = context.array("features", new long[] {1});
    ONNXNode there = absent.apply(ONNXOperators.WHERE, List.of(nothing, one));
    ONNXNode perFeature = columns.perFeature(errors);
    ONNXNode counted = absent.apply(ONNXOperators.WHERE, List.of(nothing, perFeature));
    if (rows > 1) {
      ONNXInitializer overRows = context.array("rows", new long[] {1});
      there = there.apply(ONNXOperators.REDUCE_SUM, overRows, Map.of("keepdims", 0));
      counted = counted.apply(ONNXOperators.REDUCE_SUM, overRows, Map.of("keepdims", 0));
    }
    ONNXNode present =
        there
            .apply(ONNXOperators.REDUCE_SUM, last, Map.of("keepdims", 1))
            .apply(GraphOperator.CLIP, List.of(one));
    ONNXNode contributions = counted.apply(ONNXOperators.DIV, present);
    return new GraphOutputs(
        contributions.apply(ONNXOperators.REDUCE_SUM, last, Map.of("keepdims", 0)),
        contributions,
        columns.expected(expected));
  }

  /** Columns {@code [n, e]} in the features' own units, {@code [n, d]}. */
  public ONNXNode expected(ONNXRef<?> node) {
    return columns.expected(node);
  }

  /** Ends the graph. */
  public OnnxModel end(GraphOutputs outputs) {
    int width = preprocessor.width();
    outputs.score().assignTo(context.floatOutput("score", 1));
    outputs.contributions().assignTo(context.floatOutput("contributions", width));
    outputs.expected().assignTo(context.floatOutput("expected", width));
    outputs.others().forEach((name, extra) -> extra.node().assignTo(context.floatOutput(name, 1)));
    return new OnnxModel(model(UsedParts.of(context.buildGraph()), outputs.others()).toByteArray());
  }

  /** Tribuo makes inputs and outputs of two dimensions and of float32 only. */
  private OnnxMl.ModelProto model(OnnxMl.GraphProto graph, Map<String, GraphOutputs.Extra> others) {
    OnnxMl.GraphProto.Builder patched = graph.toBuilder();
    for (OnnxMl.ValueInfoProto.Builder output : patched.getOutputBuilderList()) {
      boolean own = others.containsKey(output.getName());
      if (own || output.getName().equals("score")) {
        output.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().removeDim(1);
      }
      if (own) {
        output
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .setElemType(others.get(output.getName()).elementType());
      }
    }
    if (window > 1) {
      for (OnnxMl.ValueInfoProto.Builder input : patched.getInputBuilderList()) {
        input
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .getShapeBuilder()
            .addDim(1, OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(window));
      }
    }
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("weir")
        .addOpsetImport(GraphOperator.RELU.opsetProto())
        .setGraph(patched)
        .build();
  }
}
