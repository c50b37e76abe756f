package dev.weir.trainer.search;

import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.contamination.TrimmedFit;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.network.TrainingProgress;

/** Fits a candidate just as a training that has it alone would do. */
@FunctionalInterface
public interface CandidateFitter {

  /**
   * Fits a model.
   *
   * @param candidate its place among the candidates, from 0
   * @param whole the parts of the whole history, in samples of the model's window
   */
  TrimmedFit fit(int candidate, ModelConfig model, TimeSplit whole, TrainingProgress progress);
}
