package dev.weir.trainer.family;

import dev.weir.trainer.config.AutoencoderConfig;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.export.DenseGraph;
import dev.weir.trainer.export.GraphFrame;
import dev.weir.trainer.export.GraphOutputs;
import dev.weir.trainer.network.DenseLayer;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.TorchLayers;
import dev.weir.trainer.network.Trained;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.ReconstructionError;
import java.util.List;
import java.util.Map;

/** A fitted autoencoder; the score of a sample is its {@link ReconstructionError}. */
final class Autoencoder implements FittedModel {
  private static final int SAMPLES_AT_ONCE = 4096;

  private final AutoencoderConfig config;
  private final Preprocessor preprocessor;
  private final Trained<List<DenseLayer>> trained;

  Autoencoder(
      AutoencoderConfig config, Preprocessor preprocessor, Trained<List<DenseLayer>> trained) {
    this.config = config;
    this.preprocessor = preprocessor;
    this.trained = trained;
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
    try (TorchLayers network = new TorchLayers(trained.weights())) {
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
  public GraphOutputs append(GraphFrame frame) {
    return frame.reconstructed(DenseGraph.append(frame, frame.flattened(), trained.weights()));
  }

  @Override
  public Map<String, Object> hyperparameters() {
    return config.describe(config.window() * preprocessor.columnCount());
  }

  @Override
  public List<EpochReport> epochs() {
    return trained.epochs();
  }
}
