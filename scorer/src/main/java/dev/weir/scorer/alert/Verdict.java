package dev.weir.scorer.alert;

import dev.weir.schemas.FeatureContribution;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a model says of one record.
 *
 * @param model that says so
 * @param score larger is more anomalous
 * @param probability that a normal record scores at least this
 * @param anomalous whether the score is at or above the threshold; never of a key that is warming
 *     up
 * @param warmingUp whether the model has not yet seen as many of the key's records as its window
 *     has rows
 * @param contributions of an anomalous record: the features that added most to the score, the
 *     largest first; empty for a normal one
 * @param cell its best matching unit, if the model is a self-organising map
 */
public record Verdict(
    ModelIdentity model,
    double score,
    double probability,
    boolean anomalous,
    boolean warmingUp,
    List<FeatureContribution> contributions,
    OptionalInt cell) {}
