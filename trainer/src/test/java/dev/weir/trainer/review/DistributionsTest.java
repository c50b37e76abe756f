package dev.weir.trainer.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.bundle.FeatureDistribution;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.record.FieldPath;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistributionsTest {
  @Test
  void shouldPutAsManyRowsInEachBin() {
    // Given 2,000 values in random order, and none in every tenth row
    Random random = new Random(4);
    float[] values = new float[2_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 10 == 0 ? Float.NaN : (float) random.nextGaussian();
    }

    // When
    FeatureDistribution distribution = numeric(values);

    // Then
    assertThat(distribution.edges()).hasSize(19).isSorted();
    assertThat(distribution.counts()).containsOnly(90L).hasSize(20);
    assertThat(distribution.missing()).isEqualTo(200);
  }

  @Test
  void shouldGiveAFrequentValueABinOfItsOwn() {
    float[] values = new float[1_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 == 0 ? 0 : i;
    }

    FeatureDistribution distribution = numeric(values);

    assertThat(distribution.edges()).startsWith(0f, Math.nextUp(0f));
    assertThat(distribution.counts()).startsWith(0L, 500L);
    assertThat(distribution.counts().stream().mapToLong(n -> n).sum()).isEqualTo(1_000);
  }

  @Test
  void shouldTellBothSidesOfAConstantFromIt() {
    assertThat(numeric(new float[] {7, 7, 7}))
        .isEqualTo(
            new FeatureDistribution("f", List.of(7f, Math.nextUp(7f)), List.of(0L, 3L, 0L), 0));
  }

  @Test
  void shouldSayThatNothingIsThere() {
    assertThat(numeric(new float[] {Float.NaN, Float.NaN}))
        .isEqualTo(new FeatureDistribution("f", List.of(), List.of(0L), 2));
  }

  @Test
  void shouldCountCategoriesByTheirCodesAndLeaveOutWhatFollowsTheClock() {
    // Given a category of two, a truth value, a time of day
    FeatureSpec features =
        new FeatureSpec(
            List.of(
                Feature.categorical("rack", List.of("a", "b")),
                new Feature("up", FieldPath.parse("up"), FeatureType.BOOLEAN),
                new Feature("hour", FieldPath.parse("at"), FeatureType.HOUR_OF_DAY)));
    float[] values = {1, 1, 5, 2, 0, 6, 0, Float.NaN, 7, 1, 1, 8};

    // When
    List<FeatureDistribution> all = Distributions.of(Samples.of(Rows.of(values, 3)), features);

    // Then
    assertThat(all)
        .containsExactly(
            new FeatureDistribution("rack", List.of(), List.of(1L, 2L, 1L), 0),
            new FeatureDistribution("up", List.of(), List.of(1L, 2L), 1));
  }

  private static FeatureDistribution numeric(float[] values) {
    return Distributions.of(Samples.of(Rows.of(values, 1)), FeatureSpec.numeric(List.of("f")))
        .get(0);
  }
}
