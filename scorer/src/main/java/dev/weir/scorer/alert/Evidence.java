package dev.weir.scorer.alert;

import dev.weir.schemas.FeatureContribution;
import java.util.List;

/**
 * An anomalous record and what a model said of it, in a form that can be kept.
 *
 * @param source where the record was
 * @param model that judged it
 * @param score larger is more anomalous
 * @param probability that a normal record scores at least this
 * @param cell its best matching unit; null if the model has none
 * @param parts the features that added most to the score
 */
public record Evidence(
    RecordSource source,
    ModelIdentity model,
    double score,
    double probability,
    Integer cell,
    List<Part> parts) {

  /** A {@link FeatureContribution}, which has more getters than values. */
  public record Part(
      String feature,
      Double actual,
      double expected,
      double share,
      String actualText,
      String expectedText) {

    static Part of(FeatureContribution contribution) {
      return new Part(
          contribution.getFeature(),
          contribution.getActual(),
          contribution.getExpected(),
          contribution.getShare(),
          contribution.getActualText(),
          contribution.getExpectedText());
    }

    FeatureContribution contribution() {
      return new FeatureContribution(feature, actual, expected, share, actualText, expectedText);
    }
  }

  static Evidence of(RecordSource source, Verdict verdict) {
    return new Evidence(
        source,
        verdict.model(),
        verdict.score(),
        verdict.probability(),
        verdict.cell().isPresent() ? verdict.cell().getAsInt() : null,
        verdict.contributions().stream().map(Part::of).toList());
  }
}
