package dev.weir.trainer.family;

import dev.weir.trainer.config.SequenceConfig;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.export.GraphFrame;
import dev.weir.trainer.export.GraphOutputs;
import dev.weir.trainer.export.SequenceGraph;
import dev.weir.trainer.network.DenseLayer;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.SequenceWeights;
import dev.weir.trainer.network.TorchSequence;
import dev.weir.trainer.network.Trained;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.ReconstructionError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.util.onnx.ONNXNode;

/**
 * A fitted sequence autoencoder; the score of a sample is the {@link ReconstructionError} of its
 * newest row, which the network gives back from the whole window.
 */
final class SequenceAutoencoder implements FittedModel {
  /** How many numbers of a window against itself are held at once, so that long ones fit. */
  private static final int PAIRS_AT_ONCE = 1 << 20;

  private final SequenceConfig config;
  private final Preprocessor preprocessor;
  private final Trained<SequenceWeights> trained;
  private final Map<String, Object> hyperparameters;

  SequenceAutoencoder(
      SequenceConfig config,
      Preprocessor preprocessor,
      Trained<SequenceWeights> trained,
      Map<String, Object> hyperparameters) {
    this.config = config;
    this.preprocessor = preprocessor;
    this.trained = trained;
    this.hyperparameters = new LinkedHashMap<>(hyperparameters);
  }

  @Override
  public String family() {
    return config.family();
  }

  @Override
  public int window() {
    return config.window();
  }

  @Override
  public Preprocessor preprocessor() {
    return preprocessor;
  }

  @Override
  public double[] scores(Samples samples) {
    double[] scores = new double[samples.count()];
    int atOnce = samplesAtOnce();
    Samples newest = samples.last(1);
    try (TorchSequence network = new TorchSequence(trained.weights())) {
      for (int first = 0; first < scores.length; first += atOnce) {
        int end = Math.min(scores.length, first + atOnce);
        float[] inputs = preprocessor.apply(samples, first, end);
        double[] errors =
            ReconstructionError.of(
                preprocessor,
                newest,
                first,
                end,
                preprocessor.apply(newest, first, end),
                network.forward(inputs, end - first, window()));
        System.arraycopy(errors, 0, scores, first, errors.length);
      }
    }
    return scores;
  }

  private int samplesAtOnce() {
    return Math.max(1, PAIRS_AT_ONCE / window() / window());
  }

  @Override
  public Optional<float[]> codes(Samples samples) {
    SequenceWeights whole = trained.weights();
    DenseLayer code = whole.dense().get(0);
    float[] codes = new float[samples.count() * code.outputs()];
    try (TorchSequence network =
        new TorchSequence(new SequenceWeights(whole.embedding(), whole.encoder(), List.of(code)))) {
      for (int first = 0; first < samples.count(); first += samplesAtOnce()) {
        int end = Math.min(samples.count(), first + samplesAtOnce());
        float[] inputs = preprocessor.apply(samples, first, end);
        float[] part = network.forward(inputs, end - first, window());
        System.arraycopy(part, 0, codes, first * code.outputs(), part.length);
      }
    }
    return Optional.of(codes);
  }

  @Override
  public GraphOutputs append(GraphFrame frame) {
    ONNXNode given = SequenceGraph.append(frame, trained.weights());
    ONNXNode newest = frame.newest(frame.preprocessed());
    return frame.newestOutputs(frame.squaredError(newest, given), given);
  }

  @Override
  public Optional<Pretrained> pretrained() {
    return trained.state().map(kept -> new Pretrained(config, preprocessor, kept));
  }

  @Override
  public Map<String, Object> hyperparameters() {
    return new LinkedHashMap<>(hyperparameters);
  }

  @Override
  public List<EpochReport> epochs() {
    return trained.epochs();
  }
}
