package dev.weir.trainer.network;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.weir.trainer.config.ActivationKind;
import dev.weir.trainer.config.AutoencoderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An autoencoder's network in PyTorch: dense layers down to the code and up again.
 *
 * <p>Sees standardised rows only. Hidden layers have the activation; the code and the output are
 * linear. Holds native memory until closed; not thread-safe.
 */
public final class TorchAutoencoder implements AutoCloseable {
  private final int width;
  private final List<Optional<ActivationKind>> activations = new ArrayList<>();
  private final List<Linear> linears = new ArrayList<>();
  private final Model model;
  private final Trainer trainer;

  public TorchAutoencoder(int width, AutoencoderConfig config, long steps) {
    this.width = width;
    TorchEngine.get().setRandomSeed((int) (long) config.seed());
    model = Model.newInstance("autoencoder", Device.cpu(), "PyTorch");
    model.setBlock(network(width, config));
    Tracker rate =
        Tracker.cosine()
            .setBaseValue(config.learningRate().floatValue())
            .optFinalValue(config.learningRate().floatValue() / 100)
            .setMaxUpdates((int) Math.min(Integer.MAX_VALUE, steps))
            .build();
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.l2Loss())
                .optDevices(new Device[] {Device.cpu()})
                .optInitializer(new XavierInitializer(), Parameter.Type.WEIGHT)
                .optOptimizer(Optimizer.adam().optLearningRateTracker(rate).build()));
    trainer.initialize(new Shape(config.batchSize(), width));
  }

  private Block network(int width, AutoencoderConfig config) {
    List<Integer> encoder = config.hiddenLayers(width);
    SequentialBlock block = new SequentialBlock();
    for (int i = 0; i < encoder.size(); i++) {
      boolean code = i == encoder.size() - 1;
      addLayer(block, encoder.get(i), code ? Optional.empty() : Optional.of(config.activation()));
    }
    for (int i = encoder.size() - 2; i >= 0; i--) {
      addLayer(block, encoder.get(i), Optional.of(config.activation()));
    }
    addLayer(block, width, Optional.empty());
    return block;
  }

  private void addLayer(SequentialBlock block, int units, Optional<ActivationKind> activation) {
    Linear linear = Linear.builder().setUnits(units).build();
    block.add(linear);
    linears.add(linear);
    activations.add(activation);
    activation.ifPresent(
        kind ->
            block.add(
                switch (kind) {
                  case RELU -> Activation.reluBlock();
                  case TANH -> Activation.tanhBlock();
                  case GELU -> Activation.geluBlock();
                }));
  }

  /**
   * One step of gradient descent.
   *
   * @param input what the network sees, float32 {@code [n, d]}
   * @param target what it should give back
   * @param mask 1 where the target counts, 0 where it was missing
   * @return the mean squared error before the step, over the values that count
   */
  public float step(float[] input, float[] target, float[] mask) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      Shape shape = new Shape(input.length / width, width);
      NDArray wanted = manager.create(target, shape);
      NDArray counts = manager.create(mask, shape);
      NDList batch = new NDList(manager.create(input, shape));
      float loss;
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDList output = trainer.forward(batch);
        output.attach(manager);
        NDArray error = output.singletonOrThrow().sub(wanted).mul(counts);
        NDArray mean = error.mul(error).mean().mul(input.length / present(mask));
        gradients.backward(mean);
        loss = mean.getFloat();
      }
      trainer.step();
      return loss;
    }
  }

  private static float present(float[] mask) {
    float present = 0;
    for (float counts : mask) {
      present += counts;
    }
    return Math.max(1, present);
  }

  /** The network's output for standardised rows, float32 {@code [n, d]}. */
  public float[] reconstruct(float[] input) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDArray rows = manager.create(input, new Shape(input.length / width, width));
      NDList output = trainer.evaluate(new NDList(rows));
      output.attach(manager);
      return output.singletonOrThrow().toFloatArray();
    }
  }

  /** The weights as they are now, copied. */
  public List<DenseLayer> layers() {
    List<DenseLayer> layers = new ArrayList<>();
    for (int i = 0; i < linears.size(); i++) {
      layers.add(
          new DenseLayer(
              parameter(i, Parameter.Type.WEIGHT).toFloatArray(),
              parameter(i, Parameter.Type.BIAS).toFloatArray(),
              activations.get(i)));
    }
    return layers;
  }

  private NDArray parameter(int layer, Parameter.Type type) {
    return linears.get(layer).getParameters().values().stream()
        .filter(parameter -> parameter.getType() == type)
        .findFirst()
        .orElseThrow()
        .getArray();
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
