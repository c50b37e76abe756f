package dev.weir.trainer.export;

import dev.weir.trainer.config.ActivationKind;
import dev.weir.trainer.network.DenseLayer;
import dev.weir.trainer.network.EmbeddingLayer;
import dev.weir.trainer.network.Layer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;

/**
 * Fully connected layers in a graph: a chain of Gemm and activation nodes, maybe after an
 * embedding.
 */
public final class DenseGraph {
  private DenseGraph() {}

  /**
   * Appends layers.
   *
   * @param input {@code [n, in]}
   * @return the last layer's output, {@code [n, out]}
   */
  public static ONNXNode append(GraphFrame frame, ONNXNode input, List<? extends Layer> layers) {
    ONNXNode node = input;
    for (Layer layer : layers) {
      node =
          layer instanceof EmbeddingLayer embedding
              ? EmbeddingGraph.append(frame, node, embedding)
              : dense(frame.context(), node, (DenseLayer) layer);
    }
    return node;
  }

  private static ONNXNode dense(ONNXContext context, ONNXNode input, DenseLayer layer) {
    ONNXInitializer weights =
        context.floatTensor(
            "weights",
            List.of(layer.outputs(), layer.inputs()),
            buffer -> buffer.put(layer.weights()));
    ONNXInitializer bias = context.array("bias", layer.bias());
    ONNXNode sum =
        input
            .apply(
                ONNXOperators.GEMM, List.of(weights, bias), List.of("dense"), Map.of("transB", 1))
            .get(0);
    return activated(context, sum, layer.activation());
  }

  /** The same shape, after an activation; as it is without one. */
  static ONNXNode activated(
      ONNXContext context, ONNXNode input, Optional<ActivationKind> activation) {
    if (activation.isEmpty()) {
      return input;
    }
    return switch (activation.get()) {
      case RELU -> input.apply(GraphOperator.RELU);
      case TANH -> input.apply(GraphOperator.TANH);
      case GELU -> gelu(context, input);
      case SIGMOID -> input.apply(ONNXOperators.SIGMOID);
      case LINEAR -> input;
    };
  }

  /** {@code x/2 · (1 + erf(x/√2))}, as PyTorch computes it (Hendrycks and Gimpel 2016). */
  private static ONNXNode gelu(ONNXContext context, ONNXNode input) {
    ONNXNode erf =
        input
            .apply(ONNXOperators.MUL, context.constant("oneOverRootTwo", (float) Math.sqrt(0.5)))
            .apply(GraphOperator.ERF);
    return erf.apply(ONNXOperators.ADD, context.constant("one", 1f))
        .apply(ONNXOperators.MUL, input)
        .apply(ONNXOperators.MUL, context.constant("half", 0.5f));
  }
}
