package dev.weir.trainer.family;

import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.network.NetworkState;
import dev.weir.trainer.preprocessing.Preprocessor;

/**
 * All that another training needs to go on with a model.
 *
 * @param config its family and architecture
 * @param preprocessor what it sees
 * @param state its weights, without an optimiser's moments
 */
public record Pretrained(ModelConfig config, Preprocessor preprocessor, NetworkState state) {}
