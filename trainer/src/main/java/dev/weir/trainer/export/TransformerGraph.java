package dev.weir.trainer.export;

import dev.weir.trainer.network.AttentionLayer;
import dev.weir.trainer.network.DenseLayer;
import dev.weir.trainer.network.Normalization;
import dev.weir.trainer.network.SequenceEncoder;
import java.util.List;
import java.util.Map;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;

/**
 * A transformer's encoder in a graph.
 *
 * <p>Written out in operators of opset 13, which has none for layer normalisation. The last layer
 * is worked out for the newest row alone, since nothing else of it is used.
 */
public final class TransformerGraph {
  private final GraphFrame frame;
  private final ONNXContext context;
  private final SequenceEncoder.Transformer encoder;
  private final int width;

  private TransformerGraph(GraphFrame frame, SequenceEncoder.Transformer encoder) {
    this.frame = frame;
    this.context = frame.context();
    this.encoder = encoder;
    width = encoder.embedding().outputs();
  }

  /**
   * Appends an encoder.
   *
   * @param rows {@code [n, w, e]}
   * @return the summary, {@code [n, h]}
   */
  public static ONNXNode append(
      GraphFrame frame, ONNXNode rows, SequenceEncoder.Transformer encoder) {
    return new TransformerGraph(frame, encoder).append(rows);
  }

  private ONNXNode append(ONNXNode rows) {
    ONNXNode node =
        linear(rows, encoder.embedding())
            .apply(
                ONNXOperators.ADD,
                context.floatTensor(
                    "positions",
                    List.of(frame.window(), width),
                    buffer -> buffer.put(encoder.positions())));
    int last = encoder.layers().size() - 1;
    for (int i = 0; i <= last; i++) {
      node = layer(node, encoder.layers().get(i), i == last);
    }
    return frame.reshaped(normalized(node, encoder.last()), -1, width);
  }

  private ONNXNode layer(ONNXNode rows, AttentionLayer layer, boolean newestOnly) {
    ONNXNode normal = normalized(rows, layer.before());
    ONNXNode found =
        attend(
            linear(newestOnly ? newest(normal) : normal, layer.queries()),
            linear(normal, layer.keys()),
            linear(normal, layer.values()));
    ONNXNode sum =
        (newestOnly ? newest(rows) : rows).apply(ONNXOperators.ADD, linear(found, layer.merge()));
    ONNXNode wide =
        DenseGraph.activated(
            context,
            linear(normalized(sum, layer.between()), layer.widen()),
            layer.widen().activation());
    return sum.apply(ONNXOperators.ADD, linear(wide, layer.narrow()));
  }

  /** The newest row, {@code [n, 1, h]}. */
  private ONNXNode newest(ONNXNode rows) {
    return context.operation(
        ONNXOperators.GATHER,
        List.of(rows, context.array("newest", new long[] {frame.window() - 1L})),
        "newest",
        Map.of("axis", 1));
  }

  private ONNXNode attend(ONNXNode queries, ONNXNode keys, ONNXNode values) {
    float scale = (float) Math.sqrt((double) width / encoder.heads());
    ONNXNode weights =
        heads(queries, 0, 2, 1, 3)
            .apply(GraphOperator.MATMUL, heads(keys, 0, 2, 3, 1))
            .apply(ONNXOperators.DIV, context.constant("scale", scale))
            .apply(ONNXOperators.SOFTMAX, Map.of("axis", -1));
    return frame.reshaped(
        weights
            .apply(GraphOperator.MATMUL, heads(values, 0, 2, 1, 3))
            .apply(GraphOperator.TRANSPOSE, Map.of("perm", new int[] {0, 2, 1, 3})),
        0,
        -1,
        width);
  }

  /**
   * {@code [n, m, h]} by heads, {@code [n, m, heads, h / heads]}, and its axes in another order.
   */
  private ONNXNode heads(ONNXNode rows, int... order) {
    int heads = encoder.heads();
    return frame
        .reshaped(rows, 0, -1, heads, width / heads)
        .apply(GraphOperator.TRANSPOSE, Map.of("perm", order));
  }

  private ONNXNode linear(ONNXNode rows, DenseLayer layer) {
    float[] transposed = new float[layer.weights().length];
    for (int i = 0; i < layer.outputs(); i++) {
      for (int j = 0; j < layer.inputs(); j++) {
        transposed[j * layer.outputs() + i] = layer.weights()[i * layer.inputs() + j];
      }
    }
    return rows.apply(
            GraphOperator.MATMUL,
            context.floatTensor(
                "weights",
                List.of(layer.inputs(), layer.outputs()),
                buffer -> buffer.put(transposed)))
        .apply(ONNXOperators.ADD, context.array("bias", layer.bias()));
  }

  private ONNXNode normalized(ONNXNode rows, Normalization layer) {
    Map<String, Object> overLast = Map.of("axes", new int[] {-1}, "keepdims", 1);
    ONNXNode centred =
        rows.apply(ONNXOperators.SUB, rows.apply(ONNXOperators.REDUCE_MEAN, overLast));
    ONNXNode deviation =
        centred
            .apply(ONNXOperators.MUL, centred)
            .apply(ONNXOperators.REDUCE_MEAN, overLast)
            .apply(ONNXOperators.ADD, context.constant("epsilon", Normalization.EPSILON))
            .apply(GraphOperator.SQRT);
    return centred
        .apply(ONNXOperators.DIV, deviation)
        .apply(ONNXOperators.MUL, context.array("gains", layer.gains()))
        .apply(ONNXOperators.ADD, context.array("shifts", layer.shifts()));
  }
}
