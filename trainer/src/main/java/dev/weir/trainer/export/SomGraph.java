package dev.weir.trainer.export;

import dev.weir.trainer.config.SomNormalization;
import dev.weir.trainer.som.SomMap;
import dev.weir.trainer.som.UsualErrors;
import java.util.List;
import java.util.Map;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;

/**
 * A self-organising map in a graph: the search for the best matching unit, and the error against
 * its weights.
 *
 * <p>With {@code m} for what is present, {@code ‖m(z - w)‖² = Σ m z² - (2 m z · w - m · w²)}; the
 * first term is the same for all cells, so the nearest one has the largest second term, which is
 * one product of matrices.
 */
public final class SomGraph {
  /** The output that names the best matching unit, int64 {@code [n]}. */
  public static final String CELL = "cell";

  private final GraphFrame frame;
  private final ONNXContext context;
  private final SomMap map;

  private SomGraph(GraphFrame frame, SomMap map) {
    this.frame = frame;
    this.map = map;
    context = frame.context();
  }

  /** Appends a map. */
  public static GraphOutputs append(GraphFrame frame, SomMap map, SomNormalization normalization) {
    return new SomGraph(frame, map).append(normalization);
  }

  private GraphOutputs append(SomNormalization normalization) {
    ONNXNode presence = frame.presence();
    ONNXNode closeness = closeness(presence);
    ONNXNode cell = closeness.apply(GraphOperator.ARG_MAX, Map.of("axis", 1, "keepdims", 0));
    ONNXNode unit = rows(weights(), cell);
    ONNXNode errors = frame.squaredError(frame.flattened(), unit);
    GraphOutputs outputs =
        frame.window() == 1
            ? frame.outputs(errors, unit)
            : frame.outputs(shaped(errors), frame.newest(shaped(unit)));
    ONNXNode score = outputs.score();
    ONNXNode contributions = outputs.contributions();
    if (normalization == SomNormalization.CELL) {
      ONNXNode usual = usual(closeness, errors.apply(ONNXOperators.MUL, presence), presence);
      contributions = contributions.apply(ONNXOperators.DIV, usual);
      score = score.apply(ONNXOperators.DIV, frame.reshaped(usual, -1));
    }
    return new GraphOutputs(
        score,
        contributions,
        outputs.expected(),
        Map.of(CELL, new GraphOutputs.Extra(cell, GraphOutputs.INT64)));
  }

  /** {@code 2 m z · w - m · w²} for each cell, {@code [n, c]}. */
  private ONNXNode closeness(ONNXNode presence) {
    int cells = map.grid().cells();
    int size = map.size();
    ONNXNode present = frame.flattened().apply(ONNXOperators.MUL, presence);
    ONNXNode both =
        context.operation(
            ONNXOperators.CONCAT, List.of(present, presence), "present", Map.of("axis", 1));
    ONNXInitializer terms =
        context.floatTensor(
            "terms",
            List.of(2 * size, cells),
            buffer -> {
              for (int k = 0; k < 2 * size; k++) {
                for (int cell = 0; cell < cells; cell++) {
                  float weight = map.weight(cell, k % size);
                  buffer.put(k < size ? 2 * weight : -weight * weight);
                }
              }
            });
    return both.apply(GraphOperator.MATMUL, terms);
  }

  private ONNXInitializer weights() {
    return context.floatTensor(
        "units", List.of(map.grid().cells(), map.size()), buffer -> buffer.put(map.weights()));
  }

  private ONNXNode rows(ONNXInitializer table, ONNXNode indices) {
    return context.operation(
        ONNXOperators.GATHER, List.of(table, indices), "unit", Map.of("axis", 0));
  }

  private ONNXNode shaped(ONNXNode flat) {
    return frame.reshaped(flat, -1, frame.window(), map.size() / frame.window());
  }

  /** What {@link UsualErrors} gives, {@code [n, 1]}. */
  private ONNXNode usual(ONNXNode closeness, ONNXNode errors, ONNXNode presence) {
    ONNXInitializer columns = context.array("columns", new long[] {1});
    ONNXNode width =
        presence
            .apply(
                ONNXOperators.MUL,
                context.constant("average", (float) map.training().quantisation()))
            .apply(ONNXOperators.ADD, errors)
            .apply(ONNXOperators.REDUCE_SUM, columns, Map.of("keepdims", 1))
            .apply(ONNXOperators.MUL, context.constant("border", (float) UsualErrors.BORDER))
            .apply(GraphOperator.CLIP, List.of(context.constant("least", Float.MIN_NORMAL)));
    int cells = map.grid().cells();
    ONNXInitializer usual =
        context.floatTensor(
            "usual",
            List.of(cells, 1),
            buffer -> {
              for (int cell = 0; cell < cells; cell++) {
                buffer.put((float) map.usualError(cell));
              }
            });
    return closeness
        .apply(ONNXOperators.DIV, width)
        .apply(ONNXOperators.SOFTMAX, Map.of("axis", 1))
        .apply(GraphOperator.MATMUL, usual);
  }
}
