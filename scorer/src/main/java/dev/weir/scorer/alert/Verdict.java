package dev.weir.scorer.alert;

import dev.weir.schemas.FeatureContribution;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a model says of one record.
 *
 * @param score larger is more anomalous
 * @param probability that a normal record scores at least this
 * @param anomalous whether the score is at or above the threshold
 * @param contributions of an anomalous record: the features that added most to the score, the
 *     largest first; empty for a normal one
 * @param cell of an anomalous record: its best matching unit, if the model is a self-organising map
 */
public record Verdict(
    double score,
    double probability,
    boolean anomalous,
    List<FeatureContribution> contributions,
    OptionalInt cell) {

  /** The verdict of a model that has no cells. */
  public Verdict(
      double score,
      double probability,
      boolean anomalous,
      List<FeatureContribution> contributions) {
    this(score, probability, anomalous, contributions, OptionalInt.empty());
  }
}
