package dev.weir.trainer.export;

import dev.weir.model.feature.FeatureType;
import dev.weir.trainer.preprocessing.InputColumn;
import dev.weir.trainer.preprocessing.InputColumn.Role;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXRef;

/**
 * What {@link Preprocessor} does, in a graph: {@code d} raw features become {@code e} columns; and
 * the way back, from columns to features.
 */
final class ColumnGraph {
  private final ONNXContext context;
  private final Preprocessor preprocessor;
  private final ONNXInitializer centres;
  private final ONNXInitializer scales;

  ColumnGraph(ONNXContext context, Preprocessor preprocessor) {
    this.context = context;
    this.preprocessor = preprocessor;
    centres = context.array("centres", floats(InputColumn::centre));
    scales = context.array("scales", floats(InputColumn::scale));
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

  /**
   * What a network sees of raw features.
   *
   * @param features {@code [.., d]}
   * @param missing which of them are, likewise
   * @return {@code [.., e]}
   */
  ONNXNode of(ONNXRef<?> features, ONNXNode missing) {
    float[] fills = new float[preprocessor.width()];
    for (int j = 0; j < fills.length; j++) {
      fills[j] = preprocessor.fill(j);
    }
    ONNXNode filled =
        missing.apply(ONNXOperators.WHERE, List.of(context.array("fills", fills), features));
    return expand(filled, missing)
        .apply(ONNXOperators.SUB, centres)
        .apply(ONNXOperators.DIV, scales)
        .apply(
            GraphOperator.CLIP,
            List.of(
                context.constant("lowest", -preprocessor.clip()),
                context.constant("highest", preprocessor.clip())));
  }

  /**
   * 1 where a column is to be given back, and 0 where its feature is missing or it is no target.
   *
   * @param missing which features are, {@code [.., d]}
   * @return {@code [.., e]}
   */
  ONNXNode presence(ONNXNode missing) {
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

  /** Some of the last axis, in the order of the indices. */
  ONNXNode gathered(ONNXRef<?> node, long[] indices) {
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
  private ONNXNode expand(ONNXNode filled, ONNXNode missing) {
    if (allNumbersInOrder()) {
      return filled;
    }
    Map<Role, List<InputColumn>> byRole = byRole();
    List<ONNXNode> parts = new ArrayList<>();
    byRole.forEach((role, columns) -> parts.add(expand(filled, missing, role, columns)));
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

  private ONNXNode expand(ONNXNode filled, ONNXNode missing, Role role, List<InputColumn> columns) {
    long[] indices = columns.stream().mapToLong(InputColumn::feature).toArray();
    if (role == Role.MISSING) {
      return gathered(missing.cast(float.class), indices);
    }
    ONNXNode values = gathered(filled, indices);
    return switch (role) {
      case LOG1P ->
          values
              .apply(GraphOperator.CLIP, List.of(context.constant("zero", 0f)))
              .apply(ONNXOperators.ADD, context.constant("one", 1f))
              .apply(GraphOperator.LOG);
      case SIGNED_LOG ->
          values
              .apply(GraphOperator.ABS)
              .apply(ONNXOperators.ADD, context.constant("one", 1f))
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

  /** Sums over the columns of each feature: {@code [.., e]} becomes {@code [.., d]}. */
  ONNXNode perFeature(ONNXNode errors) {
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
  ONNXNode expected(ONNXRef<?> columns) {
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
}
