package dev.weir.trainer.export;

import ai.onnx.proto.OnnxMl;
import dev.weir.model.feature.FeatureType;
import dev.weir.trainer.data.Whitening;
import dev.weir.trainer.preprocessing.InputColumn;
import dev.weir.trainer.preprocessing.InputColumn.Role;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.ArrayList;
import java.util.EnumMap;
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
  private final ONNXInitializer centres;
  private final ONNXInitializer scales;

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
    centres = context.array("centres", floats(InputColumn::centre));
    scales = context.array("scales", floats(InputColumn::scale));
    float[] fills = new float[preprocessor.width()];
    for (int j = 0; j < fills.length; j++) {
      fills[j] = preprocessor.fill(j);
    }
    ONNXNode filled =
        missing.apply(ONNXOperators.WHERE, List.of(context.array("fills", fills), features));
    preprocessed =
        expand(filled)
            .apply(ONNXOperators.SUB, centres)
            .apply(ONNXOperators.DIV, scales)
            .apply(
                GraphOperator.CLIP,
                List.of(
                    context.constant("lowest", -preprocessor.clip()),
                    context.constant("highest", preprocessor.clip())));
  }

  private GraphFrame(GraphFrame whole, int window, ONNXNode missing, ONNXNode preprocessed) {
    context = whole.context;
    preprocessor = whole.preprocessor;
    centres = whole.centres;
    scales = whole.scales;
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

  private interface Getter {
    float of(InputColumn column);
  }

  private float[] floats(Getter getter) {
    float[] values = new float[preprocessor.columnCount()];
    for (int k = 0; k < values.length; k++) {
      values[k] = getter.of(preprocessor.columns().get(k));
    }
    return values;
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
    ONNXNode there =
        missing.apply(
            ONNXOperators.WHERE,
            List.of(context.constant("nothing", 0f), context.constant("one", 1f)));
    if (!allNumbersInOrder()) {
      long[] indices = preprocessor.columns().stream().mapToLong(InputColumn::feature).toArray();
      there =
          gathered(there, indices)
              .apply(
                  ONNXOperators.MUL,
                  context.array("targets", floats(column -> column.isTarget() ? 1 : 0)));
    }
    return window == 1 ? there : reshaped(there, -1, (long) window * preprocessor.columnCount());
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

  /** Some of the last axis, in the order of the indices. */
  public ONNXNode gathered(ONNXRef<?> node, long[] indices) {
    return context.operation(
        ONNXOperators.GATHER,
        List.of(node, context.array("indices", indices)),
        "gathered",
        Map.of("axis", -1));
  }

  private ONNXNode concatenated(List<ONNXNode> nodes) {
    return nodes.size() == 1
        ? nodes.get(0)
        : context.operation(ONNXOperators.CONCAT, nodes, "concatenated", Map.of("axis", -1));
  }

  /** The columns before they are centred, in their order. */
  private ONNXNode expand(ONNXNode filled) {
    if (allNumbersInOrder()) {
      return filled;
    }
    Map<Role, List<InputColumn>> byRole = byRole();
    List<ONNXNode> parts = new ArrayList<>();
    byRole.forEach((role, columns) -> parts.add(expand(filled, role, columns)));
    return concatenated(parts);
  }

  private boolean allNumbersInOrder() {
    return preprocessor.columnCount() == preprocessor.width()
        && preprocessor.columns().stream().allMatch(column -> column.role() == Role.NUMBER);
  }

  private Map<Role, List<InputColumn>> byRole() {
    Map<Role, List<InputColumn>> byRole = new EnumMap<>(Role.class);
    preprocessor
        .columns()
        .forEach(
            column ->
                byRole.computeIfAbsent(column.role(), unused -> new ArrayList<>()).add(column));
    return byRole;
  }

  private ONNXNode expand(ONNXNode filled, Role role, List<InputColumn> columns) {
    long[] indices = columns.stream().mapToLong(InputColumn::feature).toArray();
    if (role == Role.MISSING) {
      return gathered(missing.cast(float.class), indices);
    }
    ONNXNode values = gathered(filled, indices);
    ONNXInitializer one = context.constant("one", 1f);
    return switch (role) {
      case LOG1P ->
          values
              .apply(GraphOperator.CLIP, List.of(context.constant("zero", 0f)))
              .apply(ONNXOperators.ADD, one)
              .apply(GraphOperator.LOG);
      case SIGNED_LOG ->
          values
              .apply(GraphOperator.ABS)
              .apply(ONNXOperators.ADD, one)
              .apply(GraphOperator.LOG)
              .apply(ONNXOperators.MUL, values.apply(GraphOperator.SIGN));
      case CATEGORY -> {
        float[] categories = new float[columns.size()];
        for (int k = 0; k < categories.length; k++) {
          categories[k] = columns.get(k).category();
        }
        yield values
            .apply(GraphOperator.EQUAL, context.array("categories", categories))
            .cast(float.class);
      }
      case SINE -> turned(values, columns, 0);
      case COSINE -> turned(values, columns, Math.PI / 2);
      default -> values;
    };
  }

  private ONNXNode turned(ONNXNode values, List<InputColumn> columns, double phase) {
    float[] turns = new float[columns.size()];
    for (int k = 0; k < turns.length; k++) {
      turns[k] = (float) (2 * Math.PI / type(columns.get(k)).period());
    }
    return values
        .apply(ONNXOperators.MUL, context.array("turns", turns))
        .apply(ONNXOperators.ADD, context.constant("phase", (float) phase))
        .apply(GraphOperator.SIN);
  }

  private FeatureType type(InputColumn column) {
    return preprocessor.features().features().get(column.feature()).type();
  }

  /**
   * The error of a reconstruction of whole samples.
   *
   * @param reconstruction {@code [n, w · e]}
   */
  public GraphOutputs reconstructed(ONNXRef<?> reconstruction) {
    int columns = preprocessor.columnCount();
    if (window == 1) {
      return outputs(squaredError(preprocessed, reconstruction), reconstruction);
    }
    ONNXNode shaped = reshaped(reconstruction, -1, window, columns);
    return outputs(squaredError(preprocessed, shaped), newest(shaped));
  }

  /**
   * The error of a reconstruction of whole samples, relative to what is usual.
   *
   * @param reconstruction {@code [n, w · e]}
   * @param whitening of the differences between it and what it should be
   */
  public GraphOutputs reconstructed(ONNXNode reconstruction, Whitening whitening) {
    int columns = preprocessor.columnCount();
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
    ONNXNode counts = window == 1 ? counting() : reshaped(counting(), -1, width);
    ONNXNode whitened =
        reconstruction
            .apply(ONNXOperators.SUB, flattened())
            .apply(ONNXOperators.SUB, context.array("usual", whitening.mean()))
            .apply(ONNXOperators.MUL, counts)
            .apply(GraphOperator.MATMUL, matrix);
    ONNXNode errors = whitened.apply(ONNXOperators.MUL, whitened);
    if (window == 1) {
      return outputs(errors, reconstruction);
    }
    return outputs(
        reshaped(errors, -1, window, columns),
        newest(reshaped(reconstruction, -1, window, columns)));
  }

  /** 1 where a column is to be given back and 0 elsewhere, of the shape of the columns. */
  private ONNXNode counting() {
    ONNXNode there =
        missing.apply(
            ONNXOperators.WHERE,
            List.of(context.constant("nothing", 0f), context.constant("one", 1f)));
    if (allNumbersInOrder()) {
      return there;
    }
    long[] features = preprocessor.columns().stream().mapToLong(InputColumn::feature).toArray();
    return gathered(there, features)
        .apply(
            ONNXOperators.MUL,
            context.array("targets", floats(column -> column.isTarget() ? 1 : 0)));
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
    ONNXNode perFeature = perFeature(errors);
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
        expected(expected));
  }

  /** Sums over the columns of each feature: {@code [.., e]} becomes {@code [.., d]}. */
  private ONNXNode perFeature(ONNXNode errors) {
    if (allNumbersInOrder()) {
      return errors;
    }
    int width = preprocessor.width();
    ONNXInitializer belongs =
        context.floatTensor(
            "belongs",
            List.of(preprocessor.columnCount(), width),
            buffer -> {
              for (InputColumn column : preprocessor.columns()) {
                for (int j = 0; j < width; j++) {
                  buffer.put(column.isTarget() && column.feature() == j ? 1 : 0);
                }
              }
            });
    return errors.apply(GraphOperator.MATMUL, belongs);
  }

  /**
   * Columns back in the features' own units: a number without its scale and transform, the most
   * likely category, the hour or day.
   *
   * @param columns {@code [n, e]}
   * @return {@code [n, d]}
   */
  public ONNXNode expected(ONNXRef<?> columns) {
    ONNXNode unscaled =
        context
            .operation(ONNXOperators.MUL, List.of(columns, scales), "unscaled", Map.of())
            .apply(ONNXOperators.ADD, centres);
    if (allNumbersInOrder()) {
      return unscaled;
    }
    List<ONNXNode> parts = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    byRole()
        .forEach(
            (role, ofRole) -> {
              switch (role) {
                case NUMBER, LOG1P, SIGNED_LOG -> {
                  parts.add(number(role, gathered(unscaled, places(ofRole))));
                  ofRole.forEach(column -> order.add(column.feature()));
                }
                case CATEGORY ->
                    ofRole.stream()
                        .map(InputColumn::feature)
                        .distinct()
                        .forEach(
                            feature -> {
                              parts.add(category(unscaled, feature));
                              order.add(feature);
                            });
                case SINE -> {
                  parts.add(cycle(unscaled, ofRole));
                  ofRole.forEach(column -> order.add(column.feature()));
                }
                default -> {}
              }
            });
    long[] back = new long[order.size()];
    for (int place = 0; place < back.length; place++) {
      back[order.get(place)] = place;
    }
    return gathered(concatenated(parts), back);
  }

  private long[] places(List<InputColumn> columns) {
    return columns.stream().mapToLong(preprocessor.columns()::indexOf).toArray();
  }

  private ONNXNode number(Role role, ONNXNode values) {
    if (role == Role.NUMBER) {
      return values;
    }
    ONNXInitializer one = context.constant("one", 1f);
    // Beyond it the exponential is no longer a float32.
    ONNXInitializer largest = context.constant("largest", 88f);
    ONNXInitializer zero = context.constant("zero", 0f);
    ONNXNode magnitude = role == Role.SIGNED_LOG ? values.apply(GraphOperator.ABS) : values;
    ONNXNode size =
        magnitude
            .apply(GraphOperator.CLIP, List.of(zero, largest))
            .apply(GraphOperator.EXP)
            .apply(ONNXOperators.SUB, one);
    return role == Role.SIGNED_LOG
        ? size.apply(ONNXOperators.MUL, values.apply(GraphOperator.SIGN))
        : size;
  }

  private ONNXNode category(ONNXNode unscaled, int feature) {
    List<InputColumn> own =
        preprocessor.columns().stream()
            .filter(column -> column.role() == Role.CATEGORY && column.feature() == feature)
            .toList();
    return gathered(unscaled, places(own))
        .apply(GraphOperator.ARG_MAX, Map.of("axis", -1, "keepdims", 1))
        .cast(float.class);
  }

  /**
   * The angle of sine and cosine, as {@code 2 atan(s / (√(s² + c²) + c))}, in a feature's units.
   */
  private ONNXNode cycle(ONNXNode unscaled, List<InputColumn> sines) {
    List<InputColumn> cosines = byRole().get(Role.COSINE);
    float[] units = new float[sines.size()];
    float[] periods = new float[sines.size()];
    for (int k = 0; k < units.length; k++) {
      periods[k] = (float) type(sines.get(k)).period();
      units[k] = (float) (periods[k] / Math.PI);
    }
    ONNXNode sine = gathered(unscaled, places(sines));
    ONNXNode cosine = gathered(unscaled, places(cosines));
    ONNXNode length =
        sine.apply(ONNXOperators.MUL, sine)
            .apply(ONNXOperators.ADD, cosine.apply(ONNXOperators.MUL, cosine))
            .apply(GraphOperator.SQRT);
    ONNXNode angle =
        sine.apply(
                ONNXOperators.DIV,
                length
                    .apply(ONNXOperators.ADD, cosine)
                    .apply(ONNXOperators.ADD, context.constant("tiny", 1e-20f)))
            .apply(GraphOperator.ATAN)
            .apply(ONNXOperators.MUL, context.array("units", units));
    ONNXNode negative =
        context
            .operation(
                ONNXOperators.LESS,
                List.of(angle, context.constant("zero", 0f)),
                "negative",
                Map.of())
            .cast(float.class);
    return angle.apply(
        ONNXOperators.ADD, negative.apply(ONNXOperators.MUL, context.array("periods", periods)));
  }

  /** Ends the graph. */
  public OnnxModel end(GraphOutputs outputs) {
    int width = preprocessor.width();
    outputs.score().assignTo(context.floatOutput("score", 1));
    outputs.contributions().assignTo(context.floatOutput("contributions", width));
    outputs.expected().assignTo(context.floatOutput("expected", width));
    outputs.others().forEach((name, extra) -> extra.node().assignTo(context.floatOutput(name, 1)));
    return new OnnxModel(model(context.buildGraph(), outputs.others()).toByteArray());
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
