package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.weir.trainer.config.ActivationKind;
import dev.weir.trainer.config.AutoencoderConfig;
import dev.weir.trainer.config.NetworkTraining;
import dev.weir.trainer.config.Regularization;
import dev.weir.trainer.config.Regularization.Contractive;
import dev.weir.trainer.config.Regularization.Denoising;
import dev.weir.trainer.config.Regularization.Sparse;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An autoencoder's network in PyTorch: dense layers down to the code and up again.
 *
 * <p>Sees preprocessed samples only, flattened to {@code w · e} columns. The loss of a step is the
 * mean squared error and what the regularisation adds; that of samples which are not trained on is
 * the mean squared error of clean samples.
 */
public final class TorchAutoencoder implements TrainableNetwork<List<Layer>> {
  /** Small beside a column's deviation of 1, large beside the rounding of single precision. */
  private static final double DIFFERENCE = 1e-2;

  private final int width;
  private final boolean embeds;
  private final Regularization regularization;
  private final Optional<ActivationKind> codeActivation;
  private final DenseStack encoder = new DenseStack();
  private final DenseStack decoder = new DenseStack();
  private final int encoderLayers;
  private final Corruption corruption;
  private final TorchTrainer trainer;

  /**
   * A network with random weights.
   *
   * @param preprocessor says what it sees
   * @param config its layers and regularisation
   * @param training how it is trained
   * @param steps how many steps there will be at most
   */
  public TorchAutoencoder(
      Preprocessor preprocessor, AutoencoderConfig config, NetworkTraining training, long steps) {
    width = config.window() * preprocessor.columnCount();
    embeds = !preprocessor.embeddings().isEmpty();
    regularization = config.regularizer();
    codeActivation = config.codeActivation();
    corruption = new Corruption(training.seed());
    List<Integer> widths = config.hiddenLayers(config.window() * preprocessor.embeddedCount());
    encoder.embed(preprocessor, config.window());
    encoderLayers = widths.size();
    for (int i = 0; i < encoderLayers - 1; i++) {
      encoder.add(widths.get(i), Optional.of(config.activation())).addDropout(config.dropout());
    }
    encoder.add(widths.get(encoderLayers - 1), codeActivation);
    for (int i = encoderLayers - 2; i >= 0; i--) {
      decoder.add(widths.get(i), Optional.of(config.activation())).addDropout(config.dropout());
    }
    decoder.add(width, Optional.empty());
    trainer =
        new TorchTrainer(
            new AutoencoderBlock(encoder.block(), decoder.block()),
            new Shape(training.batchSize(), width),
            training,
            steps);
  }

  @Override
  public double step(Batch batch) {
    return trainer.step(
        manager -> seen(manager, batch),
        (manager, output) -> taught(manager, output, batch).add(penalty(output)));
  }

  @Override
  public double loss(Batch batch) {
    return trainer.evaluate(
        manager -> new NDList(rows(manager, batch, batch.values())),
        (manager, output) -> (double) taught(manager, output, batch).getFloat());
  }

  private NDList seen(NDManager manager, Batch batch) {
    if (regularization instanceof Denoising denoising) {
      return new NDList(rows(manager, batch, corruption.corrupt(batch.values(), denoising)));
    }
    NDList seen = new NDList(rows(manager, batch, batch.values()));
    if (regularization instanceof Contractive && !closedForm()) {
      seen.add(rows(manager, batch, corruption.move(batch.values(), DIFFERENCE)));
    }
    return seen;
  }

  private boolean closedForm() {
    return !embeds && encoderLayers == 1 && CodePenalty.hasClosedForm(codeActivation.orElseThrow());
  }

  private NDArray rows(NDManager manager, Batch batch, float[] values) {
    return manager.create(values, new Shape(batch.rows(), width));
  }

  private NDArray taught(NDManager manager, NDList output, Batch batch) {
    return TeacherLoss.share(manager, error(manager, output, batch), output.get(0), batch, 1);
  }

  /** The mean squared error over the values that are present. */
  private NDArray error(NDManager manager, NDList output, Batch batch) {
    NDArray mask = rows(manager, batch, batch.mask());
    NDArray error = output.get(0).sub(rows(manager, batch, batch.values())).mul(mask);
    return Scalars.times(error.mul(error).mean(), (double) batch.values().length / batch.present());
  }

  private NDArray penalty(NDList output) {
    NDArray code = output.get(1);
    if (regularization instanceof Sparse sparse) {
      NDArray penalty =
          sparse.target().isPresent()
              ? CodePenalty.divergence(code, sparse.target().getAsDouble())
              : CodePenalty.activity(code);
      return Scalars.times(penalty, sparse.weight());
    }
    if (regularization instanceof Contractive contractive) {
      NDArray norm =
          closedForm()
              ? CodePenalty.jacobian(code, encoder.weights(0), codeActivation.orElseThrow())
              : CodePenalty.hutchinson(code, output.get(2), DIFFERENCE);
      return Scalars.times(norm, contractive.weight());
    }
    return code.getManager().create(0f);
  }

  @Override
  public List<Layer> weights() {
    return Stream.concat(encoder.layers().stream(), decoder.layers().stream()).toList();
  }

  @Override
  public NetworkState state(boolean withMoments) {
    return trainer.state(withMoments, corruption.state());
  }

  @Override
  public void restore(NetworkState state) {
    corruption.restore(trainer.restore(state)[0]);
  }

  @Override
  public void begin(NetworkState trained, boolean freezeEncoder) {
    trainer.setWeights(trained.weights());
    encoder.block().freezeParameters(freezeEncoder);
  }

  @Override
  public void close() {
    trainer.close();
  }
}
