package dev.weir.trainer.family;

import dev.weir.trainer.config.NetworkTraining;
import dev.weir.trainer.config.SequenceConfig;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.network.SequenceWeights;
import dev.weir.trainer.network.TorchSequenceAutoencoder;
import dev.weir.trainer.network.Trained;
import dev.weir.trainer.network.TrainingLoop;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.InputColumn;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.List;

/** Fits a sequence autoencoder: Adam on the mean squared error of the newest rows. */
final class SequenceAutoencoderFitter implements ModelFitter {
  private final SequenceConfig config;
  private final FitContext context;
  private final TrainingProgress progress;

  SequenceAutoencoderFitter(SequenceConfig config, FitContext context) {
    this.config = config;
    this.context = context;
    progress = context.progress();
  }

  @Override
  public FittedModel fit(Preprocessor preprocessor, TimeSplit split) {
    int windows = split.training().count();
    NetworkTraining training = context.training(config.training(windows));
    float[] shares = shares(preprocessor.columns());
    try (TorchSequenceAutoencoder network =
        new TorchSequenceAutoencoder(
            preprocessor, shares, config, training, TrainingLoop.steps(training, windows))) {
      Trained<SequenceWeights> trained = context.train(training, network, preprocessor, split);
      if (trained.bestLoss() >= 1) {
        progress.warning(AutoencoderFitter.learnedNothing(trained.bestLoss()));
      }
      return new SequenceAutoencoder(
          config,
          preprocessor,
          trained,
          context.describe(config.describe(preprocessor.embeddedCount(), windows), training));
    }
  }

  /** What part of its feature each column is. */
  private static float[] shares(List<InputColumn> columns) {
    float[] shares = new float[columns.size()];
    for (int k = 0; k < shares.length; k++) {
      InputColumn column = columns.get(k);
      long together =
          columns.stream()
              .filter(other -> other.isTarget() && other.feature() == column.feature())
              .count();
      shares[k] = column.isTarget() ? 1f / together : 0;
    }
    return shares;
  }
}
