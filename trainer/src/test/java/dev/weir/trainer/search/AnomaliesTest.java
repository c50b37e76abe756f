package dev.weir.trainer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.trainer.data.ColumnStatistics;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.MixedRows;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnomaliesTest {
  private static final FeatureSpec FEATURES = FeatureSpec.numeric(Manifold.NAMES);

  private final Samples rows = Samples.of(new Manifold(3).rows(300));

  @Test
  void shouldTakeSwappedValuesFromOtherRowsOfTheSameFeature() {
    // Given
    Anomalies anomalies = new Anomalies(rows, FEATURES, 1);

    for (int i = 0; i < rows.count(); i++) {
      // When
      float[] swapped = anomalies.swapped(i).orElseThrow();

      // Then half of the values are other ones, each of them one that the feature has somewhere
      int changed = 0;
      for (int j = 0; j < swapped.length; j++) {
        assertThat(column(rows, j)).contains(swapped[j]);
        changed += swapped[j] == rows.at(i, j) ? 0 : 1;
      }
      assertThat(changed).isEqualTo(4);
    }
  }

  @Test
  void shouldMoveUpToThreeNumbersByTwoToFiftyDeviations() {
    // Given
    Anomalies anomalies = new Anomalies(rows, FEATURES, 1);
    Set<Integer> counts = new HashSet<>();

    for (int i = 0; i < rows.count(); i++) {
      // When
      float[] moved = anomalies.spike(i).orElseThrow();

      // Then
      int changed = 0;
      for (int j = 0; j < moved.length; j++) {
        double by = Math.abs((double) moved[j] - rows.at(i, j));
        if (by > 0) {
          changed++;
          assertThat(by / ColumnStatistics.of(rows, j).deviation()).isBetween(1.99, 50.01);
        }
      }
      counts.add(changed);
    }
    assertThat(counts).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void shouldTransplantValuesThatStandTogetherInAnotherRow() {
    // Given
    Anomalies anomalies = new Anomalies(rows, FEATURES, 1);
    Set<Integer> counts = new HashSet<>();

    for (int i = 0; i < rows.count(); i++) {
      // When
      float[] values = anomalies.transplanted(i).orElseThrow();

      // Then all that changed is as it is in one row
      int row = i;
      int[] changed =
          IntStream.range(0, values.length).filter(j -> values[j] != rows.at(row, j)).toArray();
      assertThat(IntStream.range(0, rows.count()))
          .anyMatch(other -> Arrays.stream(changed).allMatch(j -> rows.at(other, j) == values[j]));
      counts.add(changed.length);
    }
    assertThat(counts).containsExactlyInAnyOrder(1, 2, 3, 4);
  }

  @Test
  void shouldDisplaceAlongTheDifferenceOfTwoRows() {
    // Given rows on a line
    float[] values = new float[400];
    for (int i = 0; i < 200; i++) {
      values[2 * i] = i;
      values[2 * i + 1] = 3 * i;
    }
    Samples line = Samples.of(Rows.of(values, 2));
    Anomalies anomalies = new Anomalies(line, FeatureSpec.numeric(List.of("a", "b")), 1);

    for (int i = 0; i < 200; i++) {
      // When
      float[] displaced = anomalies.displaced(i).orElse(new float[] {0, 0});

      // Then they stay on it, but not always where rows are
      assertThat(displaced[1]).isCloseTo(3 * displaced[0], within(0.01f));
      assertThat(displaced[0]).isBetween(-800f, 1000f);
    }
  }

  @Test
  void shouldStretchARowAwayFromTheMean() {
    // Given
    Anomalies anomalies = new Anomalies(rows, FEATURES, 1);

    for (int i = 0; i < rows.count(); i++) {
      // When
      float[] stretched = anomalies.stretched(i).orElseThrow();

      // Then by the same factor in every column
      double[] factors = new double[stretched.length];
      for (int j = 0; j < factors.length; j++) {
        double mean = ColumnStatistics.of(rows, j).mean();
        factors[j] = (stretched[j] - mean) / (rows.at(i, j) - mean);
      }
      assertThat(factors[0]).isBetween(1.2, 4.1);
      double before = Math.abs(rows.at(i, 1) - ColumnStatistics.of(rows, 1).mean());
      if (before > 1) {
        assertThat(factors[1]).isCloseTo(factors[6], within(0.02 * factors[6]));
      }
    }
  }

  @Test
  void shouldMakeTheSameAnomaliesOfTheSameSeedOnly() {
    // When
    float[] one = new Anomalies(rows, FEATURES, 1).swapped(0).orElseThrow();
    float[] again = new Anomalies(rows, FEATURES, 1).swapped(0).orElseThrow();
    float[] other = new Anomalies(rows, FEATURES, 2).swapped(0).orElseThrow();

    // Then
    assertThat(again).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void shouldMoveNumbersOnlyAndKeepCategoriesWithinTheirVocabulary() {
    // Given
    Samples mixed = Samples.of(MixedRows.of(300, 0.1));
    Anomalies anomalies = new Anomalies(mixed, MixedRows.FEATURES, 1);

    for (int i = 0; i < mixed.count(); i++) {
      // When
      float[] moved = anomalies.spike(i).orElse(new float[0]);
      float[] swapped = anomalies.swapped(i).orElseThrow();

      // Then
      for (int j = 0; j < swapped.length; j++) {
        assertThat(column(mixed, j)).contains(swapped[j]);
        boolean number = MixedRows.FEATURES.features().get(j).type() == FeatureType.NUMERIC;
        if (!number && moved.length > 0) {
          assertThat(Float.compare(moved[j], mixed.at(i, j))).isZero();
        }
      }
    }
  }

  @Test
  void shouldLeaveConstantFeaturesAlone() {
    // Given
    float[] values = new float[200];
    for (int i = 0; i < 100; i++) {
      values[2 * i] = i;
      values[2 * i + 1] = 5;
    }
    Samples some = Samples.of(Rows.of(values, 2));
    FeatureSpec features = FeatureSpec.numeric(List.of("a", "b"));

    // When
    Anomalies anomalies = new Anomalies(some, features, 1);

    // Then
    assertThat(anomalies.swapped(0).orElseThrow()[1]).isEqualTo(5);
    assertThat(anomalies.spike(0).orElseThrow()[1]).isEqualTo(5);
    Arrays.fill(values, 5);
    assertThat(new Anomalies(some, features, 1).isNothingToSwap()).isTrue();
  }

  private static Set<Float> column(Samples rows, int column) {
    Set<Float> values = new HashSet<>();
    for (int i = 0; i < rows.count(); i++) {
      values.add(rows.at(i, column));
    }
    return values;
  }
}
