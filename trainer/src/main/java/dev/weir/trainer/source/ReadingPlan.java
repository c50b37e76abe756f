package dev.weir.trainer.source;

import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.config.TrainConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * What the reading of a history has to know of what it is read for.
 *
 * @param window how many consecutive rows of a key the model looks at together
 * @param maxGap how far two consecutive rows of a key may be apart in time
 * @param split which part of the history the model learns from
 * @param memory how many bytes the trainer may take for rows, samples of them included; a history
 *     that needs more is sampled
 */
public record ReadingPlan(int window, Optional<Duration> maxGap, SplitConfig split, long memory) {
  /** The other half of the heap is for everything else. */
  private static final int SHARE_OF_HEAP = 2;

  /** For a training, within this process. */
  public static ReadingPlan of(TrainConfig config) {
    return new ReadingPlan(
        config.longestWindow(),
        config.features().gap(),
        config.split(),
        Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /** The same for a model with another window. */
  public ReadingPlan withWindow(int other) {
    return new ReadingPlan(other, maxGap, split, memory);
  }

  /**
   * How many rows can be held.
   *
   * @param width how many features a row has
   */
  int mostRows(int width) {
    // Sorting holds each row twice, with its time, key and number; some families then hold all
    // windows beside the rows.
    long sorted = 2 * (4L * width + 40);
    long windows = 4L * width * (window + 1);
    return (int) Math.max(1, Math.min(memory / (sorted + windows), Integer.MAX_VALUE));
  }
}
