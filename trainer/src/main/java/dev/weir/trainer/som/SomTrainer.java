package dev.weir.trainer.som;

import dev.weir.trainer.config.SomConfig;
import dev.weir.trainer.config.SomTraining;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.TrainingProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains a self-organising map.
 *
 * <p>The loss is the quantisation error. Once the radius has reached its end, training stops when
 * the validation error has not fallen for {@code patience} epochs; the weights of the epoch with
 * the lowest are kept. The same config and samples give the same map, on however many cores.
 */
public final class SomTrainer {
  private final SomConfig config;
  private final TrainingProgress progress;

  public SomTrainer(SomConfig config, TrainingProgress progress) {
    this.config = config;
    this.progress = progress;
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
    PrincipalPlane plane = PrincipalPlane.of(training, config.seed());
    SomGrid grid = GridSize.of(config, training.count(), plane);
    double radius =
        config.radius() != null
            ? config.radius()
            : Math.max(config.finalRadius(), Math.max(grid.rows(), grid.columns()) / 2.0);
    SplittableRandom random = new SplittableRandom(config.seed());
    Codebook codebook =
        new InitialWeights(grid, training, plane, random).make(config.initialisation());
    Cooling cooling = new Cooling(config, radius);
    SomEpoch epochs =
        config.training() == SomTraining.BATCH
            ? new BatchEpoch(grid, config.neighbourhood(), cooling)
            : new OnlineEpoch(grid, config.neighbourhood(), cooling, random);
    List<EpochReport> reports = new ArrayList<>();
    float[] best = codebook.rowByRow();
    double bestError = Double.POSITIVE_INFINITY;
    int sinceBest = 0;
    for (int epoch = 0; epoch < config.epochs(); epoch++) {
      long started = System.nanoTime();
      double error = epochs.run(codebook, training, epoch);
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
      if (sinceBest >= config.patience()) {
        break;
      }
    }
    return new Result(SomMap.of(grid, best, training, validation), radius, List.copyOf(reports));
  }
}
