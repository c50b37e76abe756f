package dev.weir.scorer.topology;

import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.inference.ModelSource;

/**
 * A pipeline as the topology needs it.
 *
 * @param config what the user says of it
 * @param models where its tasks find the model
 * @param listener hears what happens to its records
 */
public record Pipeline(PipelineConfig config, ModelSource models, ScoringListener listener) {}
