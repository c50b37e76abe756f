package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;

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
