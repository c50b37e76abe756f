package dev.weir.trainer.family;

import dev.weir.trainer.config.AutoencoderConfig;
import dev.weir.trainer.config.NetworkTraining;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.network.Layer;
import dev.weir.trainer.network.TorchAutoencoder;
import dev.weir.trainer.network.Trained;
import dev.weir.trainer.network.TrainingLoop;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.List;
import java.util.Locale;

/** Fits an autoencoder: Adam on the mean squared error. */
final class AutoencoderFitter implements ModelFitter {
  private final AutoencoderConfig config;
  private final FitContext context;
  private final TrainingProgress progress;

  AutoencoderFitter(AutoencoderConfig config, FitContext context) {
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
    try (TorchAutoencoder network = new TorchAutoencoder(preprocessor, config, training, steps)) {
      Trained<List<Layer>> trained = context.train(training, network, preprocessor, split);
      if (trained.bestLoss() >= 1) {
        progress.warning(learnedNothing(trained.bestLoss()));
      }
      int embedding = preprocessor.embeddings().isEmpty() ? 0 : 1;
      int encoder = embedding + config.hiddenLayers(inputs).size();
      List<Layer> layers = trained.weights();
      return new Autoencoder(
          config,
          preprocessor,
          layers.subList(0, encoder),
          layers.subList(encoder, layers.size()),
          UsualResiduals.of(config.residuals(), preprocessor, layers, split),
          context.describe(config.describe(inputs, rows), training),
          trained.epochs(),
          trained.state());
    }
  }

  static String learnedNothing(double loss) {
    return String.format(
        Locale.ROOT,
        "the network learned nothing that holds for later rows: its best validation loss is"
            + " %.3g, no better than always guessing each column's mean (1). Train for more"
            + " epochs or with another model.learningRate; if that does not help, the columns"
            + " have little to do with each other, or the newer history is unlike the older",
        loss);
  }
}
