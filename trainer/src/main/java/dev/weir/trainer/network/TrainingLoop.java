package dev.weir.trainer.network;

import dev.weir.model.error.OperationFailedException;
import dev.weir.trainer.config.NetworkTraining;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Trains a network of whatever family: samples shuffled within the training part, until the
 * validation loss has not fallen for {@code patience} epochs.
 */
public final class TrainingLoop {
  /** No network that learns is so far off: what it is to give back is within the clip. */
  private static final double DIVERGED = 1e6;

  private static final int VALIDATION_BATCH = 4096;

  private final NetworkTraining training;
  private final TrainingProgress progress;

  public TrainingLoop(NetworkTraining training, TrainingProgress progress) {
    this.training = training;
    this.progress = progress;
  }

  /** How many steps of gradient descent a training on so many samples takes at most. */
  public static long steps(NetworkTraining training, int rows) {
    return (long) training.epochs() * ((rows - 1) / training.batchSize() + 1);
  }

  /**
   * Trains.
   *
   * @return the weights of the best epoch
   * @throws OperationFailedException if the training diverges
   */
  public <W> Trained<W> run(
      TrainableNetwork<W> network, Preprocessor preprocessor, TimeSplit split) {
    Batches batches = new Batches(preprocessor, split.training(), training.batchSize());
    Batches validation = new Batches(preprocessor, split.validation(), VALIDATION_BATCH);
    SplittableRandom random = new SplittableRandom(training.seed());
    List<EpochReport> reports = new ArrayList<>();
    W best = network.weights();
    double bestLoss = Double.POSITIVE_INFINITY;
    int sinceBest = 0;
    for (int epoch = 1; epoch <= training.epochs() && sinceBest < training.patience(); epoch++) {
      long started = System.nanoTime();
      double loss = epoch(network, batches, random, epoch);
      double validationLoss = loss(network, validation);
      refuseDivergence(epoch, loss, validationLoss);
      boolean better = validationLoss < bestLoss;
      if (better) {
        bestLoss = validationLoss;
        best = network.weights();
      }
      sinceBest = better ? 0 : sinceBest + 1;
      EpochReport report =
          new EpochReport(
              epoch,
              training.epochs(),
              loss,
              validationLoss,
              better,
              batches.rows(),
              Duration.ofNanos(System.nanoTime() - started));
      reports.add(report);
      progress.epoch(report);
    }
    return new Trained<>(best, bestLoss, reports);
  }

  private double epoch(
      TrainableNetwork<?> network, Batches batches, SplittableRandom random, int epoch) {
    double sum = 0;
    batches.shuffle(random);
    for (int i = 0; i < batches.count(); i++) {
      sum += network.step(batches.get(i));
      progress.batch(
          epoch,
          training.epochs(),
          Math.min(batches.rows(), (i + 1L) * training.batchSize()),
          batches.rows());
    }
    return sum / batches.count();
  }

  /** The mean over the values that are present. */
  private static double loss(TrainableNetwork<?> network, Batches batches) {
    double sum = 0;
    long present = 0;
    for (int i = 0; i < batches.count(); i++) {
      Batch batch = batches.get(i);
      sum += network.loss(batch) * batch.present();
      present += batch.present();
    }
    return sum / present;
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
                + training.learningRate());
      }
    }
  }
}
