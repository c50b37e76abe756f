package dev.weir.trainer.family;

import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.PcaConfig;
import dev.weir.trainer.data.CovarianceCollector;
import dev.weir.trainer.data.PrincipalComponents;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.network.DenseLayer;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fits principal components: the best of all linear autoencoders, without gradient descent (Baldi
 * and Hornik 1989).
 *
 * <p>The encoder projects the centred columns onto the components, the decoder leads back; the
 * score is the {@linkplain dev.weir.trainer.preprocessing.ReconstructionError squared error} of
 * what is lost. Columns that are nothing to give back are left out. Missing values are filled in as
 * the preprocessor does.
 */
final class PcaFitter implements ModelFitter {
  /** Decomposing so many columns takes a minute or two, and half a gigabyte. */
  private static final int MOST_COLUMNS = 4096;

  /** Directions of less variance are rounding, which is no measure of what is normal. */
  private static final double ROUNDING = 1e-9;

  private static final int SAMPLES_AT_ONCE = 4096;

  private final PcaConfig config;
  private final TrainingProgress progress;

  PcaFitter(PcaConfig config, TrainingProgress progress) {
    this.config = config;
    this.progress = progress;
  }

  @Override
  public FittedModel fit(Preprocessor preprocessor, TimeSplit split) {
    OneHot.warning(config, preprocessor).ifPresent(progress::warning);
    int width = config.window() * preprocessor.columnCount();
    if (width > MOST_COLUMNS) {
      throw new InvalidInputException(
          "family pca sees "
              + width
              + " columns (model.window times the columns of a row), and can decompose "
              + MOST_COLUMNS
              + "; set a smaller model.window, leave columns out, or take another family");
    }
    PrincipalComponents components =
        PrincipalComponents.of(covariance(preprocessor, split.training()));
    int count = count(components);
    double explained = 0;
    for (int k = 0; k < count; k++) {
      explained += components.variances()[k];
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("window", config.window());
    settings.put("components", count);
    settings.put("explainedVariance", explained / components.totalVariance());
    return new Autoencoder(
        config,
        preprocessor,
        List.of(encoder(components, count)),
        List.of(decoder(components, count)),
        Optional.empty(),
        settings,
        List.of(),
        Optional.empty());
  }

  private CovarianceCollector covariance(Preprocessor preprocessor, Samples training) {
    CovarianceCollector covariance =
        new CovarianceCollector(config.window() * preprocessor.columnCount());
    for (int first = 0; first < training.count(); first += SAMPLES_AT_ONCE) {
      int end = Math.min(training.count(), first + SAMPLES_AT_ONCE);
      float[] rows = preprocessor.apply(training, first, end);
      for (int k = 0; k < rows.length; k++) {
        boolean target = preprocessor.columns().get(k % preprocessor.columnCount()).isTarget();
        rows[k] = target ? rows[k] : 0;
      }
      covariance.add(rows);
    }
    return covariance;
  }

  /** At least one direction in which rows vary is left unexplained, or no row has an error. */
  private int count(PrincipalComponents components) {
    int rank = components.rank(ROUNDING);
    if (rank < 2) {
      throw new InvalidInputException(
          "family pca needs two columns or more that vary independently of each other, and the"
              + " training rows have "
              + rank
              + "; take another family, a longer history, or a model.window of more than 1");
    }
    if (config.components() == null) {
      return Math.min(rank - 1, components.explaining(config.variance()));
    }
    if (config.components() >= rank) {
      progress.warning(
          "model.components is "
              + config.components()
              + ", but the training rows vary in "
              + rank
              + " directions only, of which one is left for the error: the model has "
              + (rank - 1)
              + " components");
    }
    return Math.min(rank - 1, config.components());
  }

  private static DenseLayer encoder(PrincipalComponents components, int count) {
    double[] mean = components.mean();
    float[] weights = new float[count * mean.length];
    float[] bias = new float[count];
    for (int k = 0; k < count; k++) {
      double[] direction = components.direction(k);
      double projected = 0;
      for (int j = 0; j < mean.length; j++) {
        weights[k * mean.length + j] = (float) direction[j];
        projected += direction[j] * mean[j];
      }
      bias[k] = (float) -projected;
    }
    return new DenseLayer(weights, bias, Optional.empty());
  }

  private static DenseLayer decoder(PrincipalComponents components, int count) {
    double[] mean = components.mean();
    float[] weights = new float[mean.length * count];
    float[] bias = new float[mean.length];
    for (int k = 0; k < count; k++) {
      double[] direction = components.direction(k);
      for (int j = 0; j < mean.length; j++) {
        weights[j * count + k] = (float) direction[j];
        bias[j] = (float) mean[j];
      }
    }
    return new DenseLayer(weights, bias, Optional.empty());
  }
}
