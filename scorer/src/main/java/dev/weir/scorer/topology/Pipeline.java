package dev.weir.scorer.topology;

import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.inference.ModelSource;
import java.util.Optional;

/**
 * A pipeline as the topology needs it.
 *
 * @param config what the user says of it
 * @param models where its tasks find the model
 * @param shadow where they find the one on trial, which may come later
 * @param listener hears what happens to its records
 */
public record Pipeline(
    PipelineConfig config,
    ModelSource models,
    Optional<ModelSource> shadow,
    ScoringListener listener) {

  /** A pipeline without a model on trial. */
  public Pipeline(PipelineConfig config, ModelSource models, ScoringListener listener) {
    this(config, models, Optional.empty(), listener);
  }
}
