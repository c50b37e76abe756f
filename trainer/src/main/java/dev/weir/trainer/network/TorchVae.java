package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.weir.trainer.config.NetworkTraining;
import dev.weir.trainer.config.VaeConfig;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.List;
import java.util.Optional;

/**
 * A variational autoencoder's network in PyTorch (Kingma and Welling 2014).
 *
 * <p>The loss is the negative evidence lower bound, for each value that is present, with the
 * divergence weighted by {@code β}. The likelihood is normal. Unless the decoder gives variances,
 * there is one for all values: the mean squared error as it is at the time, which is the best such
 * variance (Rybkin et al. 2021), so that {@code β} need not be tuned to the data.
 */
public final class TorchVae implements TrainableNetwork<VaeWeights> {
  /** How much of the variance's estimate each step replaces. */
  private static final double FORGETTING = 0.05;

  /** The place of the variance among a state's counters. */
  private static final int VARIANCE = 3;

  private final int width;
  private final int latents;
  private final VaeConfig config;
  private final long warmUpSteps;
  private final DenseStack encoder = new DenseStack();
  private final DenseStack decoder = new DenseStack();
  private final Corruption noise;
  private final TorchTrainer trainer;
  private double variance = 1;
  private long step;

  /**
   * A network with random weights.
   *
   * @param preprocessor says what it sees
   * @param config its layers and the weight of its divergence
   * @param training how it is trained
   * @param steps how many steps there will be at most
   */
  public TorchVae(
      Preprocessor preprocessor, VaeConfig config, NetworkTraining training, long steps) {
    width = config.window() * preprocessor.columnCount();
    this.config = config;
    noise = new Corruption(config.seed());
    warmUpSteps = steps / training.epochs() * config.warmUp();
    List<Integer> widths = config.hiddenLayers(config.window() * preprocessor.embeddedCount());
    encoder.embed(preprocessor, config.window());
    int last = widths.size() - 1;
    latents = widths.get(last);
    widths.subList(0, last).forEach(units -> encoder.add(units, Optional.of(config.activation())));
    encoder.add(2 * latents, Optional.empty());
    for (int i = last - 1; i >= 0; i--) {
      decoder.add(widths.get(i), Optional.of(config.activation()));
    }
    decoder.add(config.decodesVariance() ? 2 * width : width, Optional.empty());
    trainer =
        new TorchTrainer(
            new VaeBlock(encoder.block(), decoder.block(), latents),
            new Shape(training.batchSize(), width),
            training,
            steps);
  }

  @Override
  public double step(Batch batch) {
    step++;
    double beta = config.beta() * Math.min(1, (double) step / Math.max(1, warmUpSteps));
    double[] squaredError = new double[1];
    double loss =
        trainer.step(
            manager -> seen(manager, batch, noise),
            (manager, output) -> {
              NDArray error = error(manager, output, batch);
              squaredError[0] = error.mul(error).sum().getFloat() / batch.present();
              return loss(manager, output, batch, beta);
            });
    double estimate = variance + FORGETTING * (squaredError[0] - variance);
    variance = Math.max(VaeWeights.LOWEST_VARIANCE, estimate);
    return loss;
  }

  /** By the same noise each time, and with the whole weight of the divergence. */
  @Override
  public double loss(Batch batch) {
    return trainer.evaluate(
        manager -> seen(manager, batch, new Corruption(config.seed())),
        (manager, output) -> (double) loss(manager, output, batch, config.beta()).getFloat());
  }

  private NDList seen(NDManager manager, Batch batch, Corruption source) {
    int rows = batch.rows();
    return new NDList(
        manager.create(batch.values(), new Shape(rows, width)),
        manager.create(source.normal(rows * latents), new Shape(rows, latents)));
  }

  /** Of the means, 0 where a value is missing. */
  private NDArray error(NDManager manager, NDList output, Batch batch) {
    NDArray wanted = manager.create(batch.values(), new Shape(batch.rows(), width));
    return decoded(output, 0).sub(wanted).mul(mask(manager, batch));
  }

  private NDArray mask(NDManager manager, Batch batch) {
    return manager.create(batch.mask(), new Shape(batch.rows(), width));
  }

  /** The decoder's means (0), or how much it doubts them (1). */
  private NDArray decoded(NDList output, int part) {
    return config.decodesVariance() ? output.get(0).split(2, 1).get(part) : output.get(0);
  }

  private NDArray loss(NDManager manager, NDList output, Batch batch, double beta) {
    NDArray error = error(manager, output, batch);
    NDArray surprise =
        config.decodesVariance()
            ? VaeLoss.surprise(error, decoded(output, 1))
            : VaeLoss.surprise(error, variance);
    NDArray divergence = VaeLoss.divergence(output.get(1), output.get(2)).sum();
    NDArray loss =
        Scalars.over(
            surprise.mul(mask(manager, batch)).sum().add(Scalars.times(divergence, beta)),
            batch.present());
    return TeacherLoss.share(manager, loss, decoded(output, 0), batch, 1 / (2 * variance));
  }

  @Override
  public VaeWeights weights() {
    return new VaeWeights(encoder.layers(), decoder.dense(), config.decodesVariance(), variance);
  }

  @Override
  public NetworkState state(boolean withMoments) {
    return trainer.state(withMoments, noise.state(), step, Double.doubleToLongBits(variance));
  }

  @Override
  public void restore(NetworkState state) {
    long[] counters = trainer.restore(state);
    noise.restore(counters[0]);
    step = counters[1];
    variance = Double.longBitsToDouble(counters[2]);
  }

  /** The divergence has its whole weight from the first step on. */
  @Override
  public void begin(NetworkState trained, boolean freezeEncoder) {
    trainer.setWeights(trained.weights());
    step = warmUpSteps;
    variance = Double.longBitsToDouble(trained.counters()[VARIANCE]);
    encoder.block().freezeParameters(freezeEncoder);
  }

  @Override
  public void close() {
    trainer.close();
  }
}
