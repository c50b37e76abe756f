package dev.weir.trainer.som;

import dev.weir.trainer.config.SomConfig;
import dev.weir.trainer.config.SomTraining;
import dev.weir.trainer.network.Checkpoint;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.NetworkState;
import dev.weir.trainer.network.SplitMix;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.network.TrainingState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains a self-organising map.
 *
 * <p>The loss is the quantisation error. Once the radius has reached its end, training stops when
 * the validation error has not fallen for {@code patience} epochs; the weights of the epoch with
 * the lowest are kept. The same config and samples give the same map, on however many cores.
 */
public final class SomTrainer {
  /** A radius within which a cell's neighbours learn a little with it. */
  private static final double NEIGHBOURS = 1;

  private final SomConfig config;
  private final TrainingProgress progress;
  private final Checkpoint checkpoint;

  public SomTrainer(SomConfig config, TrainingProgress progress) {
    this(config, progress, Checkpoint.NONE);
  }

  /**
   * Prepares a training.
   *
   * @param checkpoint what it goes on from, if there is something, and where it keeps its state
   */
  public SomTrainer(SomConfig config, TrainingProgress progress, Checkpoint checkpoint) {
    this.config = config;
    this.progress = progress;
    this.checkpoint = checkpoint;
  }

  /**
   * What a training brought.
   *
   * @param map of the best epoch
   * @param radius at the start
   * @param epochs what each epoch brought, in order
   */
  public record Result(SomMap map, double radius, List<EpochReport> epochs) {}

  /** Trains on some samples; others decide when that is enough. */
  public Result run(SomSamples training, SomSamples validation) {
    return run(Optional.empty(), training, validation);
  }

  /**
   * Trains, maybe a map that was trained before. That one is unfolded already: only neighbours
   * learn with a winner, and slowly.
   *
   * @param before its {@linkplain #state state}
   */
  public Result run(Optional<NetworkState> before, SomSamples training, SomSamples validation) {
    return before.isPresent()
        ? goOn(before.get(), training, validation)
        : begin(training, validation);
  }

  private Result goOn(NetworkState before, SomSamples training, SomSamples validation) {
    long[] sides = before.counters();
    SomGrid grid = new SomGrid(config.grid(), (int) sides[0], (int) sides[1]);
    double radius = Math.max(config.finalRadius(), NEIGHBOURS);
    Codebook codebook = new Codebook(before.weights().get(0), training.size());
    return train(
        grid,
        codebook,
        new Cooling(config, radius, config.finalLearningRate()),
        new SplitMix(config.seed()),
        training,
        validation);
  }

  /** What another training goes on with. */
  public static NetworkState state(SomMap map) {
    return new NetworkState(
        List.of(map.weights()), List.of(), new long[] {map.grid().rows(), map.grid().columns()});
  }

  private Result begin(SomSamples training, SomSamples validation) {
    PrincipalPlane plane = PrincipalPlane.of(training, config.seed());
    SomGrid grid = GridSize.of(config, plane);
    double radius =
        config.radius() != null
            ? config.radius()
            : Math.max(config.finalRadius(), Math.max(grid.rows(), grid.columns()) / 2.0);
    SplitMix random = new SplitMix(config.seed());
    Codebook codebook =
        new InitialWeights(grid, training, plane, random).make(config.initialisation());
    return train(grid, codebook, new Cooling(config, radius), random, training, validation);
  }

  private Result train(
      SomGrid grid,
      Codebook codebook,
      Cooling cooling,
      SplitMix random,
      SomSamples training,
      SomSamples validation) {
    SomEpoch epochs =
        config.training() == SomTraining.BATCH
            ? new BatchEpoch(grid, config.neighbourhood(), cooling)
            : new OnlineEpoch(grid, config.neighbourhood(), cooling, random);
    Course course = new Course(codebook, random);
    course.goOn();
    while (!course.finished) {
      course.runEpoch(epochs, cooling, training, validation);
    }
    SomMap map = SomMap.of(grid, course.best, training, validation);
    return new Result(map, cooling.startRadius(), List.copyOf(course.reports));
  }

  /** A training, as far as it is. */
  private final class Course {
    private final SplitMix random;
    private Codebook codebook;
    private final List<EpochReport> reports = new ArrayList<>();
    private float[] best;
    private double bestError = Double.POSITIVE_INFINITY;
    private int sinceBest;
    private int epoch;
    private boolean finished;

    Course(Codebook codebook, SplitMix random) {
      this.codebook = codebook;
      this.random = random;
      best = codebook.rowByRow();
    }

    void goOn() {
      Optional<TrainingState> kept = checkpoint.load();
      if (kept.isEmpty()) {
        return;
      }
      TrainingState state = kept.get();
      codebook = new Codebook(state.current().weights().get(0), codebook.size());
      best = state.best().weights().get(0);
      random.restore(state.current().counters()[0]);
      bestError = state.bestLoss();
      sinceBest = state.sinceBest();
      epoch = state.epoch() - 1;
      reports.addAll(state.reports());
      finished = state.finished();
    }

    void runEpoch(SomEpoch rule, Cooling cooling, SomSamples training, SomSamples validation) {
      long started = System.nanoTime();
      double error = rule.run(codebook, training, epoch);
      double validationError = codebook.bestMatches(validation).quantisationError();
      boolean better = validationError < bestError;
      if (better) {
        bestError = validationError;
        best = codebook.rowByRow();
      }
      EpochReport report =
          new EpochReport(
              epoch + 1,
              config.epochs(),
              error,
              validationError,
              better,
              training.count(),
              Duration.ofNanos(System.nanoTime() - started));
      reports.add(report);
      progress.batch(epoch + 1, config.epochs(), training.count(), training.count());
      progress.epoch(report);
      // While the radius falls, a worse epoch says nothing of the next.
      sinceBest = better || epoch < cooling.unfolding() ? 0 : sinceBest + 1;
      epoch++;
      finished = epoch >= config.epochs() || sinceBest >= config.patience();
      if (checkpoint.isKept() && (finished || checkpoint.isDue(true))) {
        checkpoint.save(state());
        checkpoint.stopIfAsked(epoch);
      }
    }

    private TrainingState state() {
      long[] source = {random.state()};
      return new TrainingState(
          finished,
          epoch + 1,
          0,
          0,
          bestError,
          sinceBest,
          reports,
          new NetworkState(List.of(codebook.rowByRow()), List.of(), source),
          new NetworkState(List.of(best), List.of(), source));
    }
  }
}
