package dev.weir.trainer.contamination;

import dev.weir.trainer.family.FittedModel;

/**
 * A model, and what of the history it was fitted on.
 *
 * @param model the last one that was fitted
 * @param trimming the parts that it was fitted on
 */
public record TrimmedFit(FittedModel model, Trimming trimming) {}
