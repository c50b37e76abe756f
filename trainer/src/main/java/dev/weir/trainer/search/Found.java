package dev.weir.trainer.search;

import dev.weir.model.bundle.SearchSummary;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.contamination.TrimmedFit;

/**
 * What a search has brought.
 *
 * @param model the config of the best candidate
 * @param fit the best candidate, as a training with that config alone fits it
 * @param summary what became of all candidates
 */
public record Found(ModelConfig model, TrimmedFit fit, SearchSummary summary) {}
