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
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Fits an autoencoder: Adam on the mean squared error, rows shuffled within the training part, and
 * the weights of the epoch with the lowest validation loss kept.
 */
final class AutoencoderFitter implements ModelFitter {
  /** In standard deviations. */
  private static final float CLIP = 10;

  /** No network that learns is so far off: what it is to give back is within the clip. */
  private static final double DIVERGED = 1e6;

  private final AutoencoderConfig config;
  private final TrainingProgress progress;

  AutoencoderFitter(AutoencoderConfig config, TrainingProgress progress) {
    this.config = config;
    this.progress = progress;
  }

  /**
   * Trains until the validation loss has not fallen for {@code patience} epochs.
   *
   * @return the model of the best epoch
   * @throws OperationFailedException if the training diverges
   */
  @Override
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
      refuseDivergence(epoch, loss, validationLoss);
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
    if (bestLoss >= 1) {
      progress.warning(
          String.format(
              Locale.ROOT,
              "the network learned nothing that holds for later rows: its best validation loss is"
                  + " %.3g, no better than always guessing each column's mean (1). Train for more"
                  + " epochs or with another model.learningRate; if that does not help, the columns"
                  + " have little to do with each other, or the newer history is unlike the older",
              bestLoss));
    }
    return new Autoencoder(config, standardizer, best, reports);
  }

  private void refuseDivergence(int epoch, double... losses) {
    for (double loss : losses) {
      if (!(loss <= DIVERGED)) {
        throw new OperationFailedException(
            "the training diverged in epoch "
                + epoch
                + (Double.isFinite(loss)
                    ? String.format(Locale.ROOT, " (the loss is %.1e)", loss)
                    : " (the loss is not a finite number)")
                + "; set a smaller model.learningRate than "
                + config.learningRate());
      }
    }
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
