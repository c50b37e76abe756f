package dev.weir.trainer.network;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.tracker.Tracker;
import dev.weir.trainer.config.NetworkTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A block in PyTorch with its optimiser: Adam, its rate falling along a cosine.
 *
 * <p>Holds native memory until closed; not thread-safe.
 */
final class TorchTrainer implements AutoCloseable {
  private final Model model;
  private final Trainer trainer;
  private final Adam optimizer;
  private final long seed;
  private int steps;

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
    seed = training.seed();
    optimizer = new Adam(model.getNDManager(), falling, (float) training.weightDecay());
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.l2Loss())
                .optDevices(new Device[] {Device.cpu()})
                .optInitializer(new XavierInitializer(), Parameter.Type.WEIGHT)
                .optOptimizer(optimizer));
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
    // Dropout is the engine's: each step begins anew, so that it does not matter what came before.
    TorchEngine.get().setRandomSeed(new SplitMix(seed + steps).nextInt());
    steps++;
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

  /**
   * The weights and what else the steps to come depend on.
   *
   * @param withMoments whether those of the optimiser are wanted
   * @param counters that the family keeps besides
   */
  NetworkState state(boolean withMoments, long... counters) {
    List<float[]> weights = new ArrayList<>();
    List<float[]> moments = new ArrayList<>();
    for (Parameter parameter : parameters()) {
      weights.add(parameter.getArray().toFloatArray());
      if (withMoments) {
        int size = (int) parameter.getArray().size();
        moments.add(optimizer.mean(parameter.getId(), size));
        moments.add(optimizer.variance(parameter.getId(), size));
      }
    }
    long[] all = new long[counters.length + 1];
    all[0] = steps;
    System.arraycopy(counters, 0, all, 1, counters.length);
    return new NetworkState(weights, moments, all);
  }

  /**
   * Goes on from a state; one without moments changes the weights alone.
   *
   * @return the family's own counters
   */
  long[] restore(NetworkState state) {
    setWeights(state.weights());
    steps = (int) state.counters()[0];
    if (!state.moments().isEmpty()) {
      List<Parameter> parameters = parameters();
      for (int i = 0; i < parameters.size(); i++) {
        optimizer.restore(
            parameters.get(i).getId(),
            parameters.get(i).getArray(),
            state.moments().get(2 * i),
            state.moments().get(2 * i + 1),
            steps);
      }
    }
    return Arrays.copyOfRange(state.counters(), 1, state.counters().length);
  }

  /**
   * Replaces the weights by others of the same network.
   *
   * @throws IllegalArgumentException if they are of another
   */
  void setWeights(List<float[]> weights) {
    List<Parameter> parameters = parameters();
    if (weights.size() != parameters.size()) {
      throw new IllegalArgumentException(
          weights.size() + " kept parameters for a network of " + parameters.size());
    }
    for (int i = 0; i < weights.size(); i++) {
      NDArray array = parameters.get(i).getArray();
      if (array.size() != weights.get(i).length) {
        throw new IllegalArgumentException(
            weights.get(i).length + " kept weights for a parameter of " + array.size());
      }
      // As constants, since NDArray.set(float[]) has the engine warn on the console.
      boolean trained = array.hasGradient();
      array.setRequiresGradient(false);
      try (NDArray kept = array.getManager().create(weights.get(i), array.getShape())) {
        array.set(new NDIndex("..."), kept);
      }
      array.setRequiresGradient(trained);
    }
  }

  private List<Parameter> parameters() {
    return model.getBlock().getParameters().values();
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
