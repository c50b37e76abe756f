package dev.weir.benchmarks.quality;

import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.network.TrainingProgress;

/** One series, or one table, on which models are measured. Holds its data in memory. */
interface Task {
  /** The name of the series within its set. */
  String series();

  /** How many rows a model may see together, if its family leaves that open. */
  int window();

  /**
   * Trains a model and measures it. The labels are for the metrics only.
   *
   * @param seed of all that is random in the protocol
   */
  Outcome measure(ModelConfig config, long seed, TrainingProgress progress);
}
