package dev.weir.trainer.export;

import dev.weir.trainer.network.SequenceEncoder;
import dev.weir.trainer.network.SequenceWeights;
import org.tribuo.util.onnx.ONNXNode;

/** A sequence autoencoder in a graph. */
public final class SequenceGraph {
  private SequenceGraph() {}

  /**
   * Appends a network after the frame's preprocessed rows.
   *
   * @return the newest row as the network gives it back, {@code [n, e]}
   */
  public static ONNXNode append(GraphFrame frame, SequenceWeights weights) {
    ONNXNode rows =
        weights
            .embedding()
            .map(layer -> EmbeddingGraph.append(frame, frame.preprocessed(), layer))
            .orElse(frame.preprocessed());
    ONNXNode summary;
    if (weights.encoder() instanceof SequenceEncoder.Recurrent recurrent) {
      summary = RecurrentGraph.append(frame, rows, recurrent.layers());
    } else {
      summary =
          TransformerGraph.append(frame, rows, (SequenceEncoder.Transformer) weights.encoder());
    }
    return DenseGraph.append(frame, summary, weights.dense());
  }
}
