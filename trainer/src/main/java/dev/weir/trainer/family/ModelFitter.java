package dev.weir.trainer.family;

import dev.weir.trainer.config.AutoencoderConfig;
import dev.weir.trainer.config.EnsembleConfig;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.config.PcaConfig;
import dev.weir.trainer.config.SequenceConfig;
import dev.weir.trainer.config.SomConfig;
import dev.weir.trainer.config.VaeConfig;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Preprocessor;

/** Fits a model of one family. */
public interface ModelFitter {

  /**
   * Fits on the training part; the validation part decides when that is enough.
   *
   * @param preprocessor learned from the training part
   * @param split samples of the window that the config asks for
   */
  FittedModel fit(Preprocessor preprocessor, TimeSplit split);

  /** The fitter of the family that a config is of, which keeps no checkpoint. */
  static ModelFitter of(ModelConfig config, TrainingProgress progress) {
    return of(config, FitContext.of(progress));
  }

  /** The fitter of the family that a config is of. */
  static ModelFitter of(ModelConfig config, FitContext context) {
    if (config instanceof AutoencoderConfig autoencoder) {
      return new AutoencoderFitter(autoencoder, context);
    }
    if (config instanceof SomConfig som) {
      return new SomFitter(som, context);
    }
    if (config instanceof PcaConfig pca) {
      return new PcaFitter(pca, context.progress());
    }
    if (config instanceof EnsembleConfig ensemble) {
      return new EnsembleFitter(ensemble, context);
    }
    if (config instanceof VaeConfig vae) {
      return new VaeFitter(vae, context);
    }
    if (config instanceof SequenceConfig sequence) {
      return new SequenceAutoencoderFitter(sequence, context);
    }
    throw new IllegalStateException("a family that nobody fits: " + config.family());
  }
}
