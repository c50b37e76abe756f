package dev.weir.trainer.family;

import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.export.DenseGraph;
import dev.weir.trainer.export.GraphFrame;
import dev.weir.trainer.export.GraphOutputs;
import dev.weir.trainer.network.DenseLayer;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.TorchLayers;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.ReconstructionError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A fitted autoencoder of dense layers; the score of a sample is its {@link ReconstructionError}.
 */
final class Autoencoder implements FittedModel {
  private static final int SAMPLES_AT_ONCE = 4096;

  private final ModelConfig config;
  private final Preprocessor preprocessor;
  private final List<DenseLayer> encoder;
  private final List<DenseLayer> decoder;
  private final Map<String, Object> hyperparameters;
  private final List<EpochReport> epochs;

  /**
   * Puts one together.
   *
   * @param encoder from {@code w · e} columns to the code
   * @param decoder from the code back to the columns
   * @param hyperparameters every setting as it was used
   * @param epochs what each brought; empty if there were none
   */
  Autoencoder(
      ModelConfig config,
      Preprocessor preprocessor,
      List<DenseLayer> encoder,
      List<DenseLayer> decoder,
      Map<String, Object> hyperparameters,
      List<EpochReport> epochs) {
    this.config = config;
    this.preprocessor = preprocessor;
    this.encoder = List.copyOf(encoder);
    this.decoder = List.copyOf(decoder);
    this.hyperparameters = new LinkedHashMap<>(hyperparameters);
    this.epochs = List.copyOf(epochs);
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
    try (TorchLayers network = new TorchLayers(layers())) {
      for (int first = 0; first < scores.length; first += SAMPLES_AT_ONCE) {
        int end = Math.min(scores.length, first + SAMPLES_AT_ONCE);
        float[] inputs = preprocessor.apply(samples, first, end);
        double[] errors =
            ReconstructionError.of(
                preprocessor, samples, first, end, inputs, network.forward(inputs));
        System.arraycopy(errors, 0, scores, first, errors.length);
      }
    }
    return scores;
  }

  @Override
  public Optional<float[]> codes(Samples samples) {
    return Optional.of(Codes.of(preprocessor, encoder, samples));
  }

  @Override
  public GraphOutputs append(GraphFrame frame) {
    return frame.reconstructed(DenseGraph.append(frame, frame.flattened(), layers()));
  }

  private List<DenseLayer> layers() {
    return Stream.concat(encoder.stream(), decoder.stream()).toList();
  }

  @Override
  public Map<String, Object> hyperparameters() {
    return new LinkedHashMap<>(hyperparameters);
  }

  @Override
  public List<EpochReport> epochs() {
    return epochs;
  }
}
