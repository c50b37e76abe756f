package dev.weir.trainer.family;

import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.Whitening;
import dev.weir.trainer.export.DenseGraph;
import dev.weir.trainer.export.GraphFrame;
import dev.weir.trainer.export.GraphOutputs;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.Layer;
import dev.weir.trainer.network.NetworkState;
import dev.weir.trainer.network.TorchLayers;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.ReconstructionError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tribuo.util.onnx.ONNXNode;

/**
 * A fitted autoencoder of dense layers; the score of a sample is its {@link ReconstructionError},
 * relative to what is usual if there is a {@link Whitening}.
 */
final class Autoencoder implements FittedModel {
  private static final int SAMPLES_AT_ONCE = 4096;

  private final ModelConfig config;
  private final Preprocessor preprocessor;
  private final List<Layer> encoder;
  private final List<Layer> decoder;
  private final Optional<Whitening> whitening;
  private final Map<String, Object> hyperparameters;
  private final List<EpochReport> epochs;
  private final Optional<NetworkState> state;

  /**
   * Puts one together.
   *
   * @param encoder from {@code w · e} columns to the code
   * @param decoder from the code back to the columns
   * @param whitening of the differences; empty if they count as they are
   * @param hyperparameters every setting as it was used
   * @param epochs what each brought; empty if there were none
   * @param state for another training to begin with; empty if there is none
   */
  Autoencoder(
      ModelConfig config,
      Preprocessor preprocessor,
      List<? extends Layer> encoder,
      List<? extends Layer> decoder,
      Optional<Whitening> whitening,
      Map<String, Object> hyperparameters,
      List<EpochReport> epochs,
      Optional<NetworkState> state) {
    this.state = state;
    this.config = config;
    this.preprocessor = preprocessor;
    this.encoder = List.copyOf(encoder);
    this.decoder = List.copyOf(decoder);
    this.whitening = whitening;
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
        float[] given = network.forward(inputs);
        double[] errors =
            whitening.isPresent()
                ? ReconstructionError.whitened(
                    preprocessor, samples, first, end, inputs, given, whitening.get())
                : ReconstructionError.of(preprocessor, samples, first, end, inputs, given);
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
    ONNXNode reconstruction = DenseGraph.append(frame, frame.flattened(), layers());
    return whitening
        .map(usual -> frame.reconstructed(reconstruction, usual))
        .orElseGet(() -> frame.reconstructed(reconstruction));
  }

  private List<Layer> layers() {
    return Stream.concat(encoder.stream(), decoder.stream()).toList();
  }

  @Override
  public Optional<Pretrained> pretrained() {
    return state.map(kept -> new Pretrained(config, preprocessor, kept));
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
