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
 * A variational autoencoder with the reparametrisation {@code z = μ + σ ⊙ ε}.
 *
 * <p>Sees rows and the noise {@code ε}, {@code [n, k]}; gives what the decoder makes of {@code z},
 * and the posterior's means and log-variances.
 */
final class VaeBlock extends AbstractBlock {
  private final Block encoder;
  private final Block decoder;
  private final int latents;

  VaeBlock(Block encoder, Block decoder, int latents) {
    this.encoder = addChildBlock("encoder", encoder);
    this.decoder = addChildBlock("decoder", decoder);
    this.latents = latents;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameters,
      NDList inputs,
      boolean training,
      PairList<String, Object> settings) {
    NDList posterior =
        encoder
            .forward(parameters, new NDList(inputs.get(0)), training)
            .singletonOrThrow()
            .split(2, 1);
    NDArray mean = posterior.get(0);
    NDArray logVariance =
        posterior.get(1).clip(-VaeWeights.LOG_VARIANCE_BOUND, VaeWeights.LOG_VARIANCE_BOUND);
    NDArray latent = mean.add(Scalars.times(logVariance, 0.5).exp().mul(inputs.get(1)));
    NDList outputs = decoder.forward(parameters, new NDList(latent), training);
    outputs.add(mean);
    outputs.add(logVariance);
    return outputs;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    encoder.initialize(manager, type, inputs[0]);
    decoder.initialize(manager, type, new Shape(inputs[0].get(0), latents));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape latent = new Shape(inputs[0].get(0), latents);
    return new Shape[] {decoder.getOutputShapes(new Shape[] {latent})[0], latent, latent};
  }
}
