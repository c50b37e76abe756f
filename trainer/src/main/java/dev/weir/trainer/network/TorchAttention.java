package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/** Attention within windows, in PyTorch. What is made belongs to the rows' manager. */
final class TorchAttention {
  private TorchAttention() {}

  /**
   * The rows after a fitted layer.
   *
   * @param rows {@code [n, w, h]}
   * @param newestOnly whether only the newest row is worked out
   * @return {@code [n, w, h]}, or {@code [n, 1, h]}
   */
  static NDArray forward(NDArray rows, AttentionLayer layer, int heads, boolean newestOnly) {
    NDArray normal = FittedLayers.normalized(rows, layer.before());
    NDArray found =
        attend(
            FittedLayers.dense(newestOnly ? newest(normal) : normal, layer.queries()),
            FittedLayers.dense(normal, layer.keys()),
            FittedLayers.dense(normal, layer.values()),
            heads);
    NDArray sum = (newestOnly ? newest(rows) : rows).add(FittedLayers.dense(found, layer.merge()));
    NDArray between = FittedLayers.normalized(sum, layer.between());
    NDArray wide = FittedLayers.dense(between, layer.widen());
    return sum.add(FittedLayers.dense(wide, layer.narrow()));
  }

  /** The newest row of each sample, {@code [n, 1, h]}. */
  static NDArray newest(NDArray rows) {
    long window = rows.getShape().get(1);
    return rows.get(new NDIndex().addAllDim().addSliceDim(window - 1, window));
  }

  /**
   * Scaled dot-product attention of several heads: {@code softmax(q kᵀ / √(h / heads)) v}.
   *
   * @param queries {@code [n, m, h]}, the heads one after the other
   * @param keys {@code [n, w, h]}
   * @param values {@code [n, w, h]}
   * @return {@code [n, m, h]}
   */
  static NDArray attend(NDArray queries, NDArray keys, NDArray values, int heads) {
    long width = queries.getShape().get(2) / heads;
    NDArray products =
        split(queries, heads, width).matMul(split(keys, heads, width).transpose(0, 1, 3, 2));
    NDArray weights = Scalars.over(products, Math.sqrt((double) width)).softmax(-1);
    return weights
        .matMul(split(values, heads, width))
        .transpose(0, 2, 1, 3)
        .reshape(queries.getShape());
  }

  private static NDArray split(NDArray rows, int heads, long width) {
    return rows.reshape(rows.getShape().get(0), -1, heads, width).transpose(0, 2, 1, 3);
  }
}
