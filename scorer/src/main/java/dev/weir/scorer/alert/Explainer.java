package dev.weir.scorer.alert;

import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureText;
import dev.weir.schemas.FeatureContribution;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.inference.ScoredBatch;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Names the features that added most to a record's score, with actual and expected values. */
final class Explainer {
  private final List<Feature> features;
  private final int top;

  Explainer(FeatureSpec spec, int top) {
    features = spec.features();
    this.top = Math.min(top, spec.width());
  }

  List<FeatureContribution> explain(ScoredBatch scored, FeatureBatch rows, int row) {
    float[] contributions = scored.contributions(row);
    float[] expected = scored.expected(row);
    double sum = 0;
    for (float contribution : contributions) {
      sum += finite(contribution);
    }
    double total = sum > 0 ? sum : 1;
    return IntStream.range(0, contributions.length)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> -contributions[j]))
        .limit(top)
        .filter(j -> contributions[j] > 0)
        .map(
            j ->
                contribution(
                    features.get(j),
                    rows.value(row, j),
                    expected[j],
                    finite(contributions[j]) / total))
        .toList();
  }

  private static FeatureContribution contribution(
      Feature feature, float actual, float expected, double share) {
    return FeatureContribution.newBuilder()
        .setFeature(feature.name())
        .setActual(actual(actual))
        .setExpected(shortest(expected))
        .setShare(share)
        .setActualText(FeatureText.of(feature, actual).orElse(null))
        .setExpectedText(FeatureText.of(feature, expected).orElse(null))
        .build();
  }

  /** Shares must add up to 1 even where a model's arithmetic has overflown. */
  private static double finite(float contribution) {
    return Float.isNaN(contribution) ? 0 : Math.min(contribution, Float.MAX_VALUE);
  }

  private static Double actual(float value) {
    return Float.isNaN(value) ? null : shortest(value);
  }

  /** The double that reads like the float: 0.1f is 0.1, not 0.10000000149011612. */
  private static double shortest(float value) {
    return Double.parseDouble(Float.toString(value));
  }
}
