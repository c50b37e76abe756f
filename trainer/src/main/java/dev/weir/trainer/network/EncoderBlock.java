package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** What reads windows {@code [n, w, e]} and sums each up, {@code [n, h]}, in training. */
abstract class EncoderBlock extends AbstractBlock {
  private final int width;
  private final float dropout;

  /**
   * Prepares a block.
   *
   * @param width of the summary, {@code h}
   */
  EncoderBlock(int width, double dropout) {
    this.width = width;
    this.dropout = (float) dropout;
  }

  /** The weights as they are now, copied. */
  abstract SequenceEncoder weights();

  /** The summaries of windows. */
  abstract NDArray summary(ParameterStore parameters, NDArray rows, boolean training);

  @Override
  protected NDList forwardInternal(
      ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> unused) {
    return new NDList(summary(parameters, inputs.singletonOrThrow(), training));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), width)};
  }

  NDArray dropped(NDArray values, boolean training) {
    return dropout > 0 ? Dropout.dropout(values, dropout, training).head() : values;
  }

  static NDArray apply(Block block, ParameterStore parameters, NDArray values, boolean training) {
    return block.forward(parameters, new NDList(values), training).head();
  }

  /** The values of a block's parameter of a type, copied; it must have one of that type only. */
  static float[] values(Block block, Parameter.Type type) {
    return block.getDirectParameters().values().stream()
        .filter(parameter -> parameter.getType() == type)
        .findFirst()
        .orElseThrow()
        .getArray()
        .toFloatArray();
  }
}
