package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.weir.trainer.config.AutoencoderConfig;
import java.util.List;
import java.util.Optional;

/**
 * An autoencoder's network in PyTorch: dense layers down to the code and up again.
 *
 * <p>Sees preprocessed samples only, flattened to {@code w · e} columns. Hidden layers have the
 * activation; the code and the output are linear.
 */
public final class TorchAutoencoder implements TrainableNetwork<List<DenseLayer>> {
  private final int width;
  private final DenseStack stack;
  private final TorchTrainer trainer;

  /**
   * A network with random weights.
   *
   * @param width of its input and output, {@code w · e}
   * @param config its layers and training
   * @param steps how many steps there will be at most
   */
  public TorchAutoencoder(int width, AutoencoderConfig config, long steps) {
    this.width = width;
    stack = stack(width, config);
    trainer =
        new TorchTrainer(
            stack.block(), new Shape(config.batchSize(), width), config.training(), steps);
  }

  private static DenseStack stack(int width, AutoencoderConfig config) {
    List<Integer> encoder = config.hiddenLayers(width);
    DenseStack stack = new DenseStack();
    for (int i = 0; i < encoder.size(); i++) {
      boolean code = i == encoder.size() - 1;
      stack.add(encoder.get(i), code ? Optional.empty() : Optional.of(config.activation()));
    }
    for (int i = encoder.size() - 2; i >= 0; i--) {
      stack.add(encoder.get(i), Optional.of(config.activation()));
    }
    return stack.add(width, Optional.empty());
  }

  @Override
  public double step(Batch batch) {
    return trainer.step(
        manager -> new NDList(input(manager, batch)),
        (manager, output) -> loss(manager, output, batch));
  }

  @Override
  public double loss(Batch batch) {
    return trainer.evaluate(
        manager -> new NDList(input(manager, batch)),
        (manager, output) -> (double) loss(manager, output, batch).getFloat());
  }

  private NDArray input(NDManager manager, Batch batch) {
    return manager.create(batch.values(), new Shape(batch.rows(), width));
  }

  /** The mean squared error over the values that are present. */
  private NDArray loss(NDManager manager, NDList output, Batch batch) {
    NDArray mask = manager.create(batch.mask(), new Shape(batch.rows(), width));
    NDArray error = output.singletonOrThrow().sub(input(manager, batch)).mul(mask);
    return error.mul(error).mean().mul((float) batch.values().length / batch.present());
  }

  @Override
  public List<DenseLayer> weights() {
    return stack.layers();
  }

  @Override
  public void close() {
    trainer.close();
  }
}
