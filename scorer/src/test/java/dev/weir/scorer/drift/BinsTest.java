package dev.weir.scorer.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.bundle.FeatureDistribution;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.record.FieldPath;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BinsTest {
  private static final Feature NUMBER = Feature.numeric("cpu");

  @Test
  void shouldTakeNeighboursTogether() {
    // Given twenty bins of 50 rows
    List<Float> edges = IntStream.range(1, 20).mapToObj(i -> (float) i).toList();

    // When
    Bins bins =
        Bins.of(new FeatureDistribution("cpu", edges, Collections.nCopies(20, 50L), 7), NUMBER, 10);

    // Then
    assertThat(bins.expected()).hasSize(11).startsWith(100L, 100L).endsWith(100L, 7L);
    assertThat(bins.of(-5)).isEqualTo(0);
    assertThat(bins.of(1.99f)).isEqualTo(0);
    assertThat(bins.of(2)).isEqualTo(1);
    assertThat(bins.of(1e9f)).isEqualTo(9);
    assertThat(bins.of(Float.NaN)).isEqualTo(10);
    assertThat(bins.labels()).startsWith("below 2.000", "2.000 to 4.000").endsWith("no value");
  }

  @Test
  void shouldKeepBothSidesOfAConstantApart() {
    Bins bins =
        Bins.of(
            new FeatureDistribution("cpu", List.of(7f, Math.nextUp(7f)), List.of(0L, 900L, 0L), 0),
            NUMBER,
            10);

    assertThat(bins.expected()).containsExactly(0L, 900L, 0L, 0L);
    assertThat(bins.of(6.9f)).isEqualTo(0);
    assertThat(bins.of(7)).isEqualTo(1);
    assertThat(bins.of(7.1f)).isEqualTo(2);
    assertThat(bins.labels().get(1)).isEqualTo("exactly 7.000");
  }

  @Test
  void shouldTakeRareCategoriesTogether() {
    // Given b is the most frequent one, and nobody has sent one that is not known
    Feature rack = Feature.categorical("rack", List.of("a", "b", "c", "d"));

    // When
    Bins bins =
        Bins.of(new FeatureDistribution("rack", null, List.of(0L, 10L, 80L, 30L, 5L), 1), rack, 3);

    // Then
    assertThat(bins.labels()).containsExactly("(other)", "b", "c", "a rarer category", "no value");
    assertThat(bins.expected()).containsExactly(0L, 80L, 30L, 15L, 1L);
    assertThat(IntStream.range(0, 5).map(bins::of)).containsExactly(0, 3, 1, 2, 3);
    assertThat(bins.of(99)).isEqualTo(0);
  }

  @Test
  void shouldHaveABinForEachTruthValue() {
    Feature up = new Feature("up", FieldPath.parse("up"), FeatureType.BOOLEAN);

    Bins bins = Bins.of(new FeatureDistribution("up", null, List.of(1L, 99L), 0), up, 10);

    assertThat(bins.labels()).containsExactly("true", "false", "no value");
    assertThat(bins.of(1)).isEqualTo(0);
    assertThat(bins.of(0)).isEqualTo(1);
  }
}
