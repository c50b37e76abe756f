package dev.weir.trainer.family;

import dev.weir.trainer.network.Checkpoints;
import dev.weir.trainer.network.TrainingProgress;

/**
 * What surrounds a fit.
 *
 * @param progress hears how it goes
 * @param checkpoints where its trainings keep their state
 */
public record FitContext(TrainingProgress progress, Checkpoints checkpoints) {

  /** Nothing but somebody who listens. */
  public static FitContext of(TrainingProgress progress) {
    return new FitContext(progress, Checkpoints.NONE);
  }
}
