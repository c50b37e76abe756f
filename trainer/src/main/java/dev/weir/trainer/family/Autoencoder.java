package dev.weir.trainer.family;

import dev.weir.trainer.config.AutoencoderConfig;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.export.AutoencoderGraph;
import dev.weir.trainer.export.OnnxModel;
import dev.weir.trainer.network.DenseLayer;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.Standardizer;
import dev.weir.trainer.network.TorchLayers;
import java.util.List;
import java.util.Map;

/**
 * A fitted autoencoder; the score of a row is its reconstruction error.
 *
 * <p>The error is the mean, over the values that are present, of the squared difference between a
 * value and its reconstruction, in standard deviations. What is missing makes a row neither more
 * nor less normal; a row without any value scores 0.
 */
final class Autoencoder implements FittedModel {
  private static final int ROWS_AT_ONCE = 4096;

  private final AutoencoderConfig config;
  private final Standardizer standardizer;
  private final List<DenseLayer> layers;
  private final List<EpochReport> epochs;

  Autoencoder(
      AutoencoderConfig config,
      Standardizer standardizer,
      List<DenseLayer> layers,
      List<EpochReport> epochs) {
    this.config = config;
    this.standardizer = standardizer;
    this.layers = List.copyOf(layers);
    this.epochs = List.copyOf(epochs);
  }

  @Override
  public String family() {
    return AutoencoderConfig.AUTOENCODER;
  }

  @Override
  public double[] scores(Rows rows) {
    double[] scores = new double[rows.count()];
    try (TorchLayers network = new TorchLayers(layers)) {
      for (int first = 0; first < rows.count(); first += ROWS_AT_ONCE) {
        Rows part = rows.slice(first, Math.min(rows.count(), first + ROWS_AT_ONCE));
        float[] z = standardizer.apply(part);
        float[] expected = network.forward(z);
        for (int i = 0; i < part.count(); i++) {
          scores[first + i] = error(part, i, z, expected);
        }
      }
    }
    return scores;
  }

  private static double error(Rows rows, int row, float[] z, float[] expected) {
    int width = rows.width();
    double sum = 0;
    int present = 0;
    for (int j = 0; j < width; j++) {
      if (!Float.isNaN(rows.at(row, j))) {
        double error = z[row * width + j] - expected[row * width + j];
        sum += error * error;
        present++;
      }
    }
    return sum / Math.max(1, present);
  }

  @Override
  public OnnxModel export() {
    return AutoencoderGraph.of(standardizer, layers);
  }

  @Override
  public Map<String, Object> hyperparameters() {
    return config.describe(standardizer.width());
  }

  @Override
  public List<EpochReport> epochs() {
    return epochs;
  }
}
