package dev.weir.scorer.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.record.FieldPath;
import dev.weir.schemas.FeatureContribution;
import dev.weir.scorer.fixture.FixedScores;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final FeatureSpec SPEC = FeatureSpec.numeric(List.of("a", "b", "c", "d"));

  @Test
  void shouldNameTheLargestFirstWithActualAndExpected() {
    List<FeatureContribution> explained =
        explain(4, new float[] {1, 5, 0.5f, 3.5f}, new float[] {0.1f, 0.2f, 0.3f, 0.4f});

    assertThat(explained)
        .containsExactly(
            new FeatureContribution("b", 20.0, 0.2, 0.5, null, null),
            new FeatureContribution("d", 40.0, 0.4, 0.35, null, null),
            new FeatureContribution("a", 10.0, 0.1, 0.1, null, null),
            new FeatureContribution("c", 30.0, 0.3, 0.05, null, null));
  }

  @Test
  void shouldKeepTheModelsOrderAmongEquals() {
    assertThat(explain(4, new float[] {1, 2, 1, 2}, new float[4]))
        .extracting(FeatureContribution::getFeature)
        .containsExactly("b", "d", "a", "c");
  }

  @Test
  void shouldLeaveOutWhatContributesNothing() {
    assertThat(explain(4, new float[] {0, 3, 0, 1}, new float[4]))
        .extracting(FeatureContribution::getFeature)
        .containsExactly("b", "d");
    assertThat(explain(4, new float[4], new float[4])).isEmpty();
  }

  @Test
  void shouldNameNoMoreThanWanted() {
    assertThat(explain(2, new float[] {1, 2, 3, 4}, new float[4]))
        .extracting(FeatureContribution::getShare)
        .containsExactly(0.4, 0.3);
    assertThat(explain(99, new float[] {1, 2, 3, 4}, new float[4])).hasSize(4);
  }

  @Test
  void shouldSayThatAValueWasMissing() {
    List<FeatureContribution> explained =
        new Explainer(FeatureSpec.numeric(List.of("a")), 1)
            .explain(
                FixedScores.of(1, new float[] {1}, new float[] {7}), FixedScores.row(Float.NaN), 0);

    assertThat(explained).containsExactly(new FeatureContribution("a", null, 7.0, 1.0, null, null));
  }

  @Test
  void shouldSayWhatNumbersStandFor() {
    // Given
    FeatureSpec spec =
        new FeatureSpec(
            List.of(
                Feature.categorical("region", List.of("eu", "us")),
                new Feature("up", FieldPath.parse("up"), FeatureType.BOOLEAN),
                new Feature("hour", FieldPath.parse("at"), FeatureType.HOUR_OF_DAY),
                Feature.categorical("zone", List.of("a", "b"))));

    // When
    List<FeatureContribution> explained =
        new Explainer(spec, 4)
            .explain(
                FixedScores.of(1, new float[] {4, 3, 2, 1}, new float[] {1, 0.9f, 9, 2}),
                FixedScores.row(0, 0, 13.75f, Float.NaN),
                0);

    // Then
    assertThat(explained)
        .containsExactly(
            new FeatureContribution("region", 0.0, 1.0, 0.4, "(other)", "eu"),
            new FeatureContribution("up", 0.0, 0.9, 0.3, "false", "true"),
            new FeatureContribution("hour", 13.75, 9.0, 0.2, "13:45", "09:00"),
            new FeatureContribution("zone", null, 2.0, 0.1, null, "b"));
  }

  @Test
  void shouldLeaveOutContributionsThatAreNotNumbers() {
    assertThat(explain(4, new float[] {Float.NaN, 1, Float.NaN, 2}, new float[4]))
        .extracting(FeatureContribution::getFeature)
        .containsExactly("d", "b");
    assertThat(explain(4, new float[] {Float.NaN, 1, Float.NaN, 3}, new float[4]))
        .extracting(FeatureContribution::getShare)
        .containsExactly(0.75, 0.25);
  }

  @Test
  void shouldShareOutWhatIsFiniteOfAnInfiniteScore() {
    float infinity = Float.POSITIVE_INFINITY;

    assertThat(explain(2, new float[] {infinity, 1, infinity, 3}, new float[4]))
        .extracting(FeatureContribution::getShare)
        .containsExactly(0.5, 0.5);
  }

  @Property
  void shouldShareOutTheScore(
      @ForAll @Size(4) List<@FloatRange(min = 0, max = 1e6f) Float> values,
      @ForAll @IntRange(min = 1, max = 6) int top) {
    float[] contributions = new float[4];
    for (int i = 0; i < 4; i++) {
      contributions[i] = values.get(i);
    }

    List<Double> shares =
        explain(top, contributions, new float[4]).stream()
            .map(FeatureContribution::getShare)
            .toList();

    assertThat(shares)
        .hasSizeLessThanOrEqualTo(top)
        .isSortedAccordingTo(Comparator.<Double>reverseOrder())
        .allSatisfy(share -> assertThat(share).isBetween(0.0, 1.0));
    assertThat(shares.stream().mapToDouble(d -> d).sum()).isLessThanOrEqualTo(1 + 1e-9);
  }

  private static List<FeatureContribution> explain(
      int top, float[] contributions, float[] expected) {
    return new Explainer(SPEC, top)
        .explain(FixedScores.of(1, contributions, expected), FixedScores.row(10, 20, 30, 40), 0);
  }
}
