package dev.weir.trainer.network;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.weir.trainer.config.NetworkTraining;
import java.util.function.BiFunction;

/**
 * A block in PyTorch with its optimiser: Adam, its rate falling along a cosine.
 *
 * <p>Holds native memory until closed; not thread-safe.
 */
final class TorchTrainer implements AutoCloseable {
  private final Model model;
  private final Trainer trainer;

  /**
   * Initialises the block's weights by the training's seed.
   *
   * @param input the shape of a batch
   * @param steps how many steps there will be at most, over which the rate falls
   */
  TorchTrainer(Block block, Shape input, NetworkTraining training, long steps) {
    TorchEngine.get().setRandomSeed((int) training.seed());
    model = Model.newInstance("weir", Device.cpu(), "PyTorch");
    model.setBlock(block);
    float rate = (float) training.learningRate();
    Tracker falling =
        Tracker.cosine()
            .setBaseValue(rate)
            .optFinalValue(rate / 100)
            .setMaxUpdates((int) Math.min(Integer.MAX_VALUE, steps))
            .build();
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.l2Loss())
                .optDevices(new Device[] {Device.cpu()})
                .optInitializer(new XavierInitializer(), Parameter.Type.WEIGHT)
                .optOptimizer(
                    Optimizer.adam()
                        .optLearningRateTracker(falling)
                        .optWeightDecays((float) training.weightDecay())
                        .build()));
    trainer.initialize(input);
  }

  /**
   * One step of gradient descent.
   *
   * @param input what the block sees
   * @param loss makes the loss, one number, of the block's output; may use the manager, which is
   *     gone after the step
   * @return the loss before the step
   */
  float step(InputMaker input, BiFunction<NDManager, NDList, NDArray> loss) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDList batch = input.make(manager);
      float value;
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDList output = trainer.forward(batch);
        output.attach(manager);
        NDArray mean = loss.apply(manager, output);
        gradients.backward(mean);
        value = mean.getFloat();
      }
      trainer.step();
      return value;
    }
  }

  /** Something worked out of the block's output, without training: dropout and noise are off. */
  <T> T evaluate(InputMaker input, BiFunction<NDManager, NDList, T> result) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDList output = trainer.evaluate(input.make(manager));
      output.attach(manager);
      return result.apply(manager, output);
    }
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }

  /** Makes a block's input in memory that is freed after use. */
  @FunctionalInterface
  interface InputMaker {
    NDList make(NDManager manager);
  }
}
