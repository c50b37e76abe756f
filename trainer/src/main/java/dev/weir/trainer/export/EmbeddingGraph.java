package dev.weir.trainer.export;

import dev.weir.trainer.network.EmbeddingLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;

/** Embedded categories in a graph: their columns times a table of vectors. */
final class EmbeddingGraph {
  private EmbeddingGraph() {}

  /**
   * Appends a layer.
   *
   * @param input {@code [n, w · e]}; or {@code [.., e]} for a layer that sees single rows
   * @return {@code [n, w · e']}, or {@code [.., e']}
   */
  static ONNXNode append(GraphFrame frame, ONNXNode input, EmbeddingLayer layer) {
    ONNXContext context = frame.context();
    ONNXNode rows = layer.rows() == 1 ? input : frame.reshaped(input, -1, layer.columns());
    List<ONNXNode> parts = new ArrayList<>();
    for (EmbeddingLayer.Piece piece : layer.pieces()) {
      ONNXNode columns =
          frame.gathered(rows, LongStream.range(piece.first(), piece.end()).toArray());
      parts.add(
          piece
              .table()
              .map(index -> product(context, columns, layer.tables().get(index)))
              .orElse(columns));
    }
    ONNXNode embedded =
        parts.size() == 1
            ? parts.get(0)
            : context.operation(ONNXOperators.CONCAT, parts, "embedded", Map.of("axis", -1));
    return layer.rows() == 1 ? embedded : frame.reshaped(embedded, -1, layer.outputs());
  }

  private static ONNXNode product(
      ONNXContext context, ONNXNode columns, EmbeddingLayer.Table table) {
    return columns.apply(
        GraphOperator.MATMUL,
        context.floatTensor(
            "embedding",
            List.of(table.place().size(), table.place().dimensions()),
            buffer -> buffer.put(table.vectors())));
  }
}
