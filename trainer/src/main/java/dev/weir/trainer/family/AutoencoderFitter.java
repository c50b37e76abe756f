package dev.weir.trainer.family;

import dev.weir.model.error.OperationFailedException;
import dev.weir.trainer.config.AutoencoderConfig;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.network.Batches;
import dev.weir.trainer.network.DenseLayer;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.Standardizer;
import dev.weir.trainer.network.TorchAutoencoder;
import dev.weir.trainer.network.TrainingProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Fits an autoencoder: Adam on the mean squared error, rows shuffled within the training part, and
 * the weights of the epoch with the lowest validation loss kept.
 */
public final class AutoencoderFitter {
  /** In standard deviations. */
  private static final float CLIP = 10;

  private final AutoencoderConfig config;
  private final TrainingProgress progress;

  public AutoencoderFitter(AutoencoderConfig config, TrainingProgress progress) {
    this.config = config;
    this.progress = progress;
  }

  /**
   * Trains until the validation loss has not fallen for {@code patience} epochs.
   *
   * @return the model of the best epoch
   */
  public FittedModel fit(TimeSplit split) {
    Rows rows = split.training();
    Standardizer standardizer = Standardizer.fit(rows, CLIP);
    long steps = (long) config.epochs() * ((rows.count() - 1) / config.batchSize() + 1);
    try (TorchAutoencoder network = new TorchAutoencoder(rows.width(), config, steps)) {
      return train(network, standardizer, split);
    }
  }

  private FittedModel train(TorchAutoencoder network, Standardizer standardizer, TimeSplit split) {
    Batches batches = new Batches(standardizer, split.training(), config.batchSize());
    float[] validation = standardizer.apply(split.validation());
    float[] validationMask = Standardizer.mask(split.validation());
    SplittableRandom random = new SplittableRandom(config.seed());
    List<EpochReport> reports = new ArrayList<>();
    List<DenseLayer> best = network.layers();
    double bestLoss = Double.POSITIVE_INFINITY;
    int sinceBest = 0;
    for (int epoch = 1; epoch <= config.epochs() && sinceBest < config.patience(); epoch++) {
      long started = System.nanoTime();
      double loss = epoch(network, batches, random, epoch);
      double validationLoss =
          Batches.meanSquaredError(validation, network.reconstruct(validation), validationMask);
      if (Double.isNaN(loss) || Double.isNaN(validationLoss)) {
        throw new OperationFailedException(
            "the training diverged in epoch "
                + epoch
                + " (the loss is not a number); set a smaller model.learningRate than "
                + config.learningRate());
      }
      boolean better = validationLoss < bestLoss;
      if (better) {
        bestLoss = validationLoss;
        best = network.layers();
      }
      sinceBest = better ? 0 : sinceBest + 1;
      EpochReport report =
          new EpochReport(
              epoch,
              config.epochs(),
              loss,
              validationLoss,
              better,
              batches.rows(),
              Duration.ofNanos(System.nanoTime() - started));
      reports.add(report);
      progress.epoch(report);
    }
    return new Autoencoder(config, standardizer, best, reports);
  }

  private double epoch(
      TorchAutoencoder network, Batches batches, SplittableRandom random, int epoch) {
    double sum = 0;
    batches.shuffle(random);
    for (int batch = 0; batch < batches.count(); batch++) {
      batches.select(batch);
      sum += network.step(batches.values(), batches.values(), batches.mask());
      progress.batch(
          epoch,
          config.epochs(),
          Math.min(batches.rows(), (batch + 1L) * config.batchSize()),
          batches.rows());
    }
    return sum / batches.count();
  }
}
