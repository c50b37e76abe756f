package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * An encoder and a decoder.
 *
 * <p>Sees rows, and maybe other rows of which only the code is wanted; gives what the decoder makes
 * of the rows' code, that code, and the other rows' code.
 */
final class AutoencoderBlock extends AbstractBlock {
  private final Block encoder;
  private final Block decoder;

  AutoencoderBlock(Block encoder, Block decoder) {
    this.encoder = addChildBlock("encoder", encoder);
    this.decoder = addChildBlock("decoder", decoder);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameters,
      NDList inputs,
      boolean training,
      PairList<String, Object> settings) {
    NDArray code =
        encoder.forward(parameters, new NDList(inputs.get(0)), training).singletonOrThrow();
    NDList outputs = decoder.forward(parameters, new NDList(code), training);
    outputs.add(code);
    if (inputs.size() > 1) {
      outputs.addAll(encoder.forward(parameters, new NDList(inputs.get(1)), training));
    }
    return outputs;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    encoder.initialize(manager, type, inputs[0]);
    decoder.initialize(manager, type, encoder.getOutputShapes(new Shape[] {inputs[0]}));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] code = encoder.getOutputShapes(new Shape[] {inputs[0]});
    return new Shape[] {decoder.getOutputShapes(code)[0], code[0]};
  }
}
