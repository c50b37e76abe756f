package dev.weir.trainer.checkpoint;

import java.time.Duration;

/**
 * Whether a run goes on from a checkpoint, and when it writes one.
 *
 * @param resume whether it goes on from one that is there
 * @param betweenEpochs how long after the last one the end of an epoch is the time for another
 * @param withinEpochs how long after it any step is
 * @param stop asks the run to end early
 */
public record CheckpointOptions(
    boolean resume, Duration betweenEpochs, Duration withinEpochs, StopRequest stop) {

  /** Goes on if asked to; so seldom that training is not slowed down. */
  public static CheckpointOptions of(boolean resume, StopRequest stop) {
    return new CheckpointOptions(resume, Duration.ofSeconds(2), Duration.ofSeconds(30), stop);
  }
}
