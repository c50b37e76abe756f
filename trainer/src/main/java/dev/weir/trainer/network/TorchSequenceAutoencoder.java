package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import dev.weir.trainer.config.ActivationKind;
import dev.weir.trainer.config.NetworkTraining;
import dev.weir.trainer.config.SequenceConfig;
import dev.weir.trainer.config.SequenceKind;
import dev.weir.trainer.network.RecurrentLayer.Cell;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A sequence autoencoder's network in PyTorch: an encoder that reads the window and sums it up, a
 * linear code, and a decoder of one hidden layer that gives back the whole window at once.
 *
 * <p>What counts is the newest row: the validation loss is its error, and after training only its
 * part of the decoder is kept. But a network that was asked for that row alone would learn to copy
 * it, and the past would not matter. Three things are against that: all rows are asked for in
 * training; the code is narrow; and in each step a random share of the newest row's values is
 * hidden (set to zero, their centre) while all are asked for, as in denoising autoencoders (Vincent
 * et al. 2010). What is hidden can only come from the past and from the row's other values. Nothing
 * is hidden in scoring.
 */
public final class TorchSequenceAutoencoder implements TrainableNetwork<SequenceWeights> {
  /** How many numbers of a window against itself are held at once, so that long ones fit. */
  private static final int PAIRS_AT_ONCE = 1 << 22;

  private final SequenceConfig config;
  private final float[] shares;
  private final int columns;
  private Optional<EmbeddingBlock> embedding = Optional.empty();
  private final EncoderBlock encoder;
  private final DenseStack dense;
  private final TorchTrainer trainer;
  private final SplitMix random;

  /**
   * A network with random weights.
   *
   * @param preprocessor says what it sees
   * @param shares what part of its feature each column is, {@code [e]}: one over the number of the
   *     feature's columns, 0 for what is not to be given back
   * @param config its layers
   * @param training how it is trained
   * @param steps how many steps there will be at most
   */
  public TorchSequenceAutoencoder(
      Preprocessor preprocessor,
      float[] shares,
      SequenceConfig config,
      NetworkTraining training,
      long steps) {
    this.config = config;
    this.shares = shares.clone();
    columns = shares.length;
    int seen = preprocessor.embeddedCount();
    int width = config.hiddenSize(seen);
    encoder = encoder(config, width);
    dense =
        new DenseStack()
            .add(config.codeSize(seen), Optional.empty())
            .add(width, Optional.of(ActivationKind.TANH))
            .add(config.window() * columns, Optional.empty());
    random = new SplitMix(config.seed());
    trainer =
        new TorchTrainer(
            embedded(preprocessor).add(encoder).add(dense.block()),
            new Shape(training.batchSize(), config.window(), columns),
            training,
            steps);
  }

  /** What comes before the encoder: the embedding, if there is one. */
  private SequentialBlock embedded(Preprocessor preprocessor) {
    SequentialBlock block = new SequentialBlock();
    if (!preprocessor.embeddings().isEmpty()) {
      embedding = Optional.of(new EmbeddingBlock(preprocessor, 1));
      block.add(embedding.get());
    }
    return block;
  }

  private static EncoderBlock encoder(SequenceConfig config, int width) {
    if (config.kind() == SequenceKind.TRANSFORMER) {
      return new TransformerEncoderBlock(
          config.window(), width, config.heads(), config.layers(), config.dropout());
    }
    Cell cell = config.kind() == SequenceKind.LSTM ? Cell.LSTM : Cell.GRU;
    return new RecurrentEncoderBlock(cell, width, config.layers(), config.dropout());
  }

  @Override
  public double step(Batch batch) {
    float[] seen = batch.values().clone();
    for (int i = 0; i < batch.rows(); i++) {
      int newest = newest(i);
      for (int k = newest; k < newest + columns; k++) {
        seen[k] = random.nextDouble() < config.masking() ? 0 : seen[k];
      }
    }
    return trainer.step(
        manager -> new NDList(manager.create(seen, windows(batch.rows()))),
        (manager, output) ->
            TeacherLoss.share(
                manager,
                Scalars.over(
                    squares(manager, output.singletonOrThrow(), batch.values(), batch.mask()),
                    batch.present()),
                output.singletonOrThrow(),
                batch,
                1));
  }

  /** The mean squared error of the newest rows, over the values that are present. */
  @Override
  public double loss(Batch batch) {
    int window = config.window();
    int atOnce = Math.max(1, PAIRS_AT_ONCE / window / window);
    double sum = 0;
    for (int first = 0; first < batch.rows(); first += atOnce) {
      int end = Math.min(batch.rows(), first + atOnce);
      int size = window * columns;
      float[] seen = Arrays.copyOfRange(batch.values(), first * size, end * size);
      Shape shape = windows(end - first);
      float[] wanted = newest(batch.values(), first, end);
      float[] mask = newest(batch.mask(), first, end);
      sum +=
          trainer.evaluate(
              manager -> new NDList(manager.create(seen, shape)),
              (manager, output) ->
                  (double) squares(manager, newest(output), wanted, mask).getFloat());
    }
    return sum / present(newest(batch.mask(), 0, batch.rows()));
  }

  private Shape windows(int count) {
    return new Shape(count, config.window(), columns);
  }

  /** Where a sample's newest row begins. */
  private int newest(int sample) {
    return (sample * config.window() + config.window() - 1) * columns;
  }

  /** The newest rows of some samples, {@code [end - first, e]} of {@code [n, w, e]}. */
  private float[] newest(float[] values, int first, int end) {
    float[] rows = new float[(end - first) * columns];
    for (int i = first; i < end; i++) {
      System.arraycopy(values, newest(i), rows, (i - first) * columns, columns);
    }
    return rows;
  }

  /** What is given back of the newest rows, {@code [n, e]} of {@code [n, w · e]}. */
  private NDArray newest(NDList output) {
    long end = (long) config.window() * columns;
    return output.singletonOrThrow().get(new NDIndex().addAllDim().addSliceDim(end - columns, end));
  }

  private static NDArray squares(NDManager manager, NDArray given, float[] wanted, float[] mask) {
    Shape shape = given.getShape();
    NDArray error = given.sub(manager.create(wanted, shape)).mul(manager.create(mask, shape));
    return error.mul(error).sum();
  }

  /** How many values are present, of which a feature's columns together are one; at least 1. */
  private double present(float[] mask) {
    double present = 0;
    for (int k = 0; k < mask.length; k++) {
      present += mask[k] * shares[k % columns];
    }
    return Math.max(1, present);
  }

  @Override
  public SequenceWeights weights() {
    List<DenseLayer> layers = new ArrayList<>(dense.dense());
    layers.add(newestOnly(layers.remove(layers.size() - 1)));
    return new SequenceWeights(embedding.map(EmbeddingBlock::weights), encoder.weights(), layers);
  }

  /** Of a layer that gives back whole windows, the part that gives back their newest rows. */
  private DenseLayer newestOnly(DenseLayer whole) {
    int end = whole.outputs();
    int from = end - columns;
    int inputs = whole.inputs();
    return new DenseLayer(
        Arrays.copyOfRange(whole.weights(), from * inputs, end * inputs),
        Arrays.copyOfRange(whole.bias(), from, end),
        whole.activation());
  }

  @Override
  public NetworkState state(boolean withMoments) {
    return trainer.state(withMoments, random.state());
  }

  @Override
  public void restore(NetworkState state) {
    random.restore(trainer.restore(state)[0]);
  }

  @Override
  public void begin(NetworkState trained, boolean freezeEncoder) {
    trainer.setWeights(trained.weights());
    embedding.ifPresent(block -> block.freezeParameters(freezeEncoder));
    encoder.freezeParameters(freezeEncoder);
    dense.block().getChildren().get(0).getValue().freezeParameters(freezeEncoder);
  }

  @Override
  public void close() {
    trainer.close();
  }
}
