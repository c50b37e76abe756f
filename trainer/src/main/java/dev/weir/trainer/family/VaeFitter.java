package dev.weir.trainer.family;

import dev.weir.trainer.config.NetworkTraining;
import dev.weir.trainer.config.VaeConfig;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.network.TorchVae;
import dev.weir.trainer.network.Trained;
import dev.weir.trainer.network.TrainingLoop;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.network.VaeWeights;
import dev.weir.trainer.preprocessing.Preprocessor;

/** Fits a variational autoencoder: Adam on the negative evidence lower bound. */
final class VaeFitter implements ModelFitter {
  private final VaeConfig config;
  private final FitContext context;
  private final TrainingProgress progress;

  VaeFitter(VaeConfig config, FitContext context) {
    this.config = config;
    this.context = context;
    progress = context.progress();
  }

  @Override
  public FittedModel fit(Preprocessor preprocessor, TimeSplit split) {
    int inputs = config.window() * preprocessor.embeddedCount();
    int rows = split.training().count();
    NetworkTraining training = context.training(config.training(rows));
    long steps = TrainingLoop.steps(training, rows);
    try (TorchVae network = new TorchVae(preprocessor, config, training, steps)) {
      Trained<VaeWeights> trained = context.train(training, network, preprocessor, split);
      VariationalAutoencoder model =
          new VariationalAutoencoder(
              config,
              preprocessor,
              trained,
              context.describe(config.describe(inputs, rows), training));
      if (model.usedLatents(split.validation()) == 0) {
        progress.warning(
            "the posterior collapsed: no latent variable says anything of a row, and the decoder"
                + " always gives back the same. Set a smaller model.beta than "
                + config.beta()
                + " or a longer model.warmUp than "
                + config.warmUp()
                + " epochs; if that does not help, the columns have little to do with each other");
      }
      return model;
    }
  }
}
