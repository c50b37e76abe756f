package dev.weir.scorer.alert;

import dev.weir.schemas.FeatureContribution;
import java.util.List;

/**
 * What a model says of one record.
 *
 * @param score larger is more anomalous
 * @param probability that a normal record scores at least this
 * @param anomalous whether the score is at or above the threshold
 * @param contributions of an anomalous record: the features that added most to the score, the
 *     largest first; empty for a normal one
 */
public record Verdict(
    double score, double probability, boolean anomalous, List<FeatureContribution> contributions) {}
