package dev.weir.trainer.export;

import dev.weir.trainer.network.RecurrentLayer;
import dev.weir.trainer.network.RecurrentLayer.Cell;
import java.util.List;
import java.util.Map;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;

/**
 * Recurrent layers in a graph: ONNX's LSTM and GRU.
 *
 * <p>Those want rows by time first, {@code [w, n, in]}, and their gates in another order than
 * PyTorch: input, output, forget, cell; update, reset, new.
 */
public final class RecurrentGraph {
  private static final int[] LSTM_ORDER = {0, 3, 1, 2};
  private static final int[] GRU_ORDER = {1, 0, 2};

  private RecurrentGraph() {}

  /**
   * Appends layers.
   *
   * @param rows {@code [n, w, in]}
   * @return the last layer's state after the last row, {@code [n, units]}
   */
  public static ONNXNode append(GraphFrame frame, ONNXNode rows, List<RecurrentLayer> layers) {
    ONNXContext context = frame.context();
    ONNXNode node = rows.apply(GraphOperator.TRANSPOSE, Map.of("perm", new int[] {1, 0, 2}));
    for (RecurrentLayer layer : layers) {
      // [w, 1, n, units]: the second axis is that of directions, of which there is one.
      node = picked(context, states(context, node, layer), 0, 1);
    }
    return picked(context, node, frame.window() - 1, 0);
  }

  private static ONNXNode picked(ONNXContext context, ONNXNode node, long index, int axis) {
    return context.operation(
        ONNXOperators.GATHER,
        List.of(node, context.constant("index", index)),
        "picked",
        Map.of("axis", axis));
  }

  private static ONNXNode states(ONNXContext context, ONNXNode input, RecurrentLayer layer) {
    boolean lstm = layer.cell() == Cell.LSTM;
    int units = layer.units();
    int gates = layer.cell().gates() * units;
    int[] order = lstm ? LSTM_ORDER : GRU_ORDER;
    ONNXInitializer inputWeights =
        context.floatTensor(
            "inputWeights",
            List.of(1, gates, layer.inputs()),
            buffer -> buffer.put(reordered(layer.inputWeights(), order)));
    ONNXInitializer stateWeights =
        context.floatTensor(
            "stateWeights",
            List.of(1, gates, units),
            buffer -> buffer.put(reordered(layer.stateWeights(), order)));
    ONNXInitializer biases =
        context.floatTensor(
            "biases",
            List.of(1, 2 * gates),
            buffer ->
                buffer
                    .put(reordered(layer.inputBias(), order))
                    .put(reordered(layer.stateBias(), order)));
    Map<String, Object> attributes =
        lstm
            ? Map.of("hidden_size", units)
            : Map.of("hidden_size", units, "linear_before_reset", 1);
    return input
        .apply(
            lstm ? GraphOperator.LSTM : GraphOperator.GRU,
            List.of(inputWeights, stateWeights, biases),
            List.of("states"),
            attributes)
        .get(0);
  }

  /** Blocks of equal size, one a gate, in another order. */
  private static float[] reordered(float[] values, int[] order) {
    int size = values.length / order.length;
    float[] reordered = new float[values.length];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(values, order[i] * size, reordered, i * size, size);
    }
    return reordered;
  }
}
