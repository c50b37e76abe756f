package dev.weir.trainer.family;

import dev.weir.trainer.config.AutoencoderConfig;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.network.TrainingProgress;

/** Fits a model of one family. */
public interface ModelFitter {

  /** Fits on the training part; the validation part decides when that is enough. */
  FittedModel fit(TimeSplit split);

  /** The fitter of the family that a config is of. */
  static ModelFitter of(ModelConfig config, TrainingProgress progress) {
    if (config instanceof AutoencoderConfig autoencoder) {
      return new AutoencoderFitter(autoencoder, progress);
    }
    throw new IllegalStateException("a family that nobody fits: " + config.family());
  }
}
