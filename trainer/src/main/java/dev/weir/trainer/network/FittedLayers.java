package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import java.util.List;

/** Fitted layers applied in PyTorch to the last axis of an array, whose manager gets all arrays. */
final class FittedLayers {
  private FittedLayers() {}

  /** {@code [.., in]} becomes {@code [.., out]}. */
  static NDArray dense(NDArray rows, DenseLayer layer) {
    NDManager scope = rows.getManager();
    NDArray weights = scope.create(layer.weights(), new Shape(layer.outputs(), layer.inputs()));
    NDArray sum = Linear.linear(rows, weights, scope.create(layer.bias())).head();
    return TorchLayers.activate(layer, sum);
  }

  /** {@code [.., m · e]} becomes {@code [.., m · e']}. */
  static NDArray embedded(NDArray rows, EmbeddingLayer layer) {
    NDManager scope = rows.getManager();
    List<NDArray> vectors =
        layer.tables().stream()
            .map(
                table ->
                    scope.create(
                        table.vectors(),
                        new Shape(table.place().size(), table.place().dimensions())))
            .toList();
    NDArray embedded =
        EmbeddingBlock.embed(rows.reshape(-1, layer.columns()), layer.pieces(), vectors);
    long[] sizes = rows.getShape().getShape().clone();
    sizes[sizes.length - 1] = -1;
    return embedded.reshape(sizes);
  }

  /** The same shape, normalised. */
  static NDArray normalized(NDArray rows, Normalization layer) {
    NDManager scope = rows.getManager();
    return LayerNorm.layerNorm(
            rows,
            new Shape(layer.gains().length),
            scope.create(layer.gains()),
            scope.create(layer.shifts()),
            Normalization.EPSILON)
        .head();
  }
}
