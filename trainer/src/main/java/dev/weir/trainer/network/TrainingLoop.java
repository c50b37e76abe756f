package dev.weir.trainer.network;

import dev.weir.model.error.OperationFailedException;
import dev.weir.trainer.config.NetworkTraining;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
  private final Checkpoint checkpoint;
  private boolean beginsTrained;
  private Optional<Teaching> teaching = Optional.empty();

  /** A loop that keeps no checkpoint. */
  public TrainingLoop(NetworkTraining training, TrainingProgress progress) {
    this(training, progress, Checkpoint.NONE);
  }

  /**
   * Prepares a training.
   *
   * @param checkpoint what it goes on from, if there is something, and where it keeps its state
   */
  public TrainingLoop(NetworkTraining training, TrainingProgress progress, Checkpoint checkpoint) {
    this.training = training;
    this.progress = progress;
    this.checkpoint = checkpoint;
  }

  /** The network is trained already: if no epoch is better, it stays as it is. */
  public TrainingLoop beginningTrained() {
    beginsTrained = true;
    return this;
  }

  /** The network learns from a teacher, too. */
  public TrainingLoop taughtBy(Teaching teacher) {
    teaching = Optional.of(teacher);
    return this;
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
   * @throws TrainingStoppedException if it was asked to stop
   */
  public <W> Trained<W> run(
      TrainableNetwork<W> network, Preprocessor preprocessor, TimeSplit split) {
    return new Run<>(network, preprocessor, split).run();
  }

  /** One training, as far as it is. */
  private final class Run<W> {
    private final TrainableNetwork<W> network;
    private final Batches batches;
    private final Batches validation;
    private final SplittableRandom random = new SplittableRandom(training.seed());
    private final List<EpochReport> reports = new ArrayList<>();
    private W best;
    private NetworkState bestState;
    private double bestLoss = Double.POSITIVE_INFINITY;
    private int sinceBest;
    private int epoch = 1;
    private int batch;
    private double lossSum;

    Run(TrainableNetwork<W> network, Preprocessor preprocessor, TimeSplit split) {
      this.network = network;
      batches = new Batches(preprocessor, split.training(), training.batchSize(), teaching);
      validation = new Batches(preprocessor, split.validation(), VALIDATION_BATCH, teaching);
    }

    Trained<W> run() {
      Optional<TrainingState> kept = checkpoint.load();
      if (kept.isPresent()) {
        goOn(kept.get());
      } else {
        keepAsBest();
        bestLoss = beginsTrained ? loss(network, validation) : bestLoss;
      }
      boolean finished = kept.isPresent() && kept.get().finished();
      while (!finished && epoch <= training.epochs() && sinceBest < training.patience()) {
        trainEpoch();
      }
      if (!finished && checkpoint.isKept()) {
        checkpoint.save(state(true));
      }
      return new Trained<>(best, bestLoss, reports, Optional.of(bestState));
    }

    private void goOn(TrainingState kept) {
      network.restore(kept.best());
      keepAsBest();
      network.restore(kept.current());
      bestLoss = kept.bestLoss();
      sinceBest = kept.sinceBest();
      epoch = kept.epoch();
      batch = kept.batch();
      lossSum = kept.lossSum();
      reports.addAll(kept.reports());
      // Each epoch's order comes from that of the one before.
      for (int past = 1; past < epoch; past++) {
        batches.shuffle(random);
      }
    }

    private void keepAsBest() {
      best = network.weights();
      bestState = network.state(false);
    }

    private TrainingState state(boolean finished) {
      return new TrainingState(
          finished,
          epoch,
          batch,
          lossSum,
          bestLoss,
          sinceBest,
          reports,
          finished ? bestState : network.state(true),
          bestState);
    }

    private void trainEpoch() {
      long started = System.nanoTime();
      batches.shuffle(random);
      while (batch < batches.count()) {
        lossSum += network.step(batches.get(batch));
        batch++;
        progress.batch(
            epoch,
            training.epochs(),
            Math.min(batches.rows(), (long) batch * training.batchSize()),
            batches.rows());
        saveIfDue(false);
      }
      double loss = lossSum / batches.count();
      double validationLoss = loss(network, validation);
      refuseDivergence(epoch, loss, validationLoss);
      boolean better = validationLoss < bestLoss;
      if (better) {
        bestLoss = validationLoss;
        keepAsBest();
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
      epoch++;
      batch = 0;
      lossSum = 0;
      saveIfDue(true);
    }

    private void saveIfDue(boolean betweenEpochs) {
      if (checkpoint.isDue(betweenEpochs)) {
        checkpoint.save(state(false));
        checkpoint.stopIfAsked(epoch);
      }
    }
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
