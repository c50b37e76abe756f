package dev.weir.trainer.network;

/** Where a run keeps the states of its trainings, of which it has one after the other. */
@FunctionalInterface
public interface Checkpoints {
  /** Keeps nothing. */
  Checkpoints NONE = () -> Checkpoint.NONE;

  /**
   * The place of the run's next training. A run that goes on asks for them in the same order as
   * before.
   */
  Checkpoint next();
}
