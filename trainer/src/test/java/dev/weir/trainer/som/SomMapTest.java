package dev.weir.trainer.som;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.trainer.config.GridShape;
import org.junit.jupiter.api.Test;

/** Maps made by hand. */
final class SomMapTest {
  private static final float GONE = Float.NaN;

  /** Three cells in a row, the last of which has its weights between the others'. */
  private static SomMap folded(float... samples) {
    SomSamples all = SomSamples.of(samples, 1);
    return SomMap.of(new SomGrid(GridShape.RECTANGULAR, 1, 3), new float[] {0, 10, 1}, all, all);
  }

  @Test
  void shouldCountSamplesWhoseBestTwoUnitsAreApart() {
    // Given 0.4 is nearest to cells 0 and 2, 9 to 1 and 2, 4 to 2 and 0
    SomMap map = folded(0.4f, 9, 4);

    // When / Then
    assertThat(map.training().topographic()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(map.training().quantisation()).isCloseTo((0.16 + 1 + 9) / 3, within(1e-6));
  }

  @Test
  void shouldKnowHitsAndMeanErrors() {
    // When
    SomMap map = folded(0.4f, -2, 9);

    // Then
    assertThat(new int[] {map.hits(0), map.hits(1), map.hits(2)}).containsExactly(2, 1, 0);
    assertThat(map.meanError(0)).isCloseTo((0.16 + 4) / 2, within(1e-6));
    assertThat(map.meanError(2)).isZero();
  }

  @Test
  void shouldDrawUsualErrorsOfFewHitsTowardsMean() {
    // Given errors 0.16 and 4 in cell 0, 1 in cell 1: 1.72 on average, which counts for 5 more hits
    SomMap map = folded(0.4f, -2, 9);

    // When / Then
    assertThat(map.usualError(0)).isCloseTo((4.16 + 5 * 1.72) / 7, within(1e-6));
    assertThat(map.usualError(1)).isCloseTo((1 + 5 * 1.72) / 6, within(1e-6));
    assertThat(map.usualError(2)).isCloseTo(1.72, within(1e-6));
  }

  @Test
  void shouldHaveUsualErrorsAboveZeroOfPerfectMap() {
    // When / Then
    assertThat(folded(0, 10, 1).usualError(1)).isEqualTo(1);
  }

  @Test
  void shouldTakeUsualErrorOfCellAndMeanOfBothOnBorder() {
    // Given 3, in the middle of cell 2, and 5.5, halfway between cells 2 and 1
    SomMap map = folded(0.4f, -2, 9, 1.5f);

    // When
    double[] usual = map.usualErrors().of(SomSamples.of(new float[] {3, 5.5f}, 1));

    // Then
    assertThat(usual[0]).isCloseTo(map.usualError(2), within(1e-9));
    assertThat(usual[1]).isCloseTo((map.usualError(1) + map.usualError(2)) / 2, within(1e-6));
  }

  @Test
  void shouldFindBestMatchingUnitByPresentValues() {
    // Given
    SomSamples training = SomSamples.of(new float[] {0, 0, 5, 1, 9, 9}, 2);
    SomMap map =
        SomMap.of(
            new SomGrid(GridShape.RECTANGULAR, 1, 3),
            new float[] {0, 0, 5, 1, 9, 9},
            training,
            training);

    // When a value, the other value, and both are missing
    BestMatches matches =
        map.bestMatches(SomSamples.of(new float[] {GONE, 7, 6, GONE, GONE, GONE, 6, 7}, 2));

    // Then
    assertThat(matches.cells()).containsExactly(2, 1, 0, 2);
    assertThat(matches.seconds()).containsExactly(1, 2, 1, 1);
    assertThat(matches.errors())
        .containsExactly(new double[] {4, 1, 0, (9 + 4) / 2.0}, within(1e-9));
  }

  @Test
  void shouldTakeFirstOfEqualCells() {
    // Given
    SomSamples training = SomSamples.of(new float[] {3}, 1);
    SomMap map =
        SomMap.of(
            new SomGrid(GridShape.RECTANGULAR, 1, 3), new float[] {2, 4, 2}, training, training);

    // When / Then
    assertThat(map.bestMatches(training).cells()).containsExactly(0);
    assertThat(map.bestMatches(training).seconds()).containsExactly(1);
  }

  @Test
  void shouldMeasureWallsBetweenSquares() {
    // Given (0,0) (3,4) above (0,1) (3,1): distances 5 above, 3 below, 1 left and 3 right
    SomMap map = twoByTwo(GridShape.RECTANGULAR);

    // When / Then
    assertThat(map.unifiedDistances()).containsExactly(new double[] {3, 4, 2, 3}, within(1e-9));
  }

  @Test
  void shouldMeasureWallsBetweenHexagons() {
    // Given the second row is shifted to the right, so that (0,1) is beside both above it, at
    // distances 1 and √18, and (3,1) is not beside (0,0)
    SomMap map = twoByTwo(GridShape.HEXAGONAL);

    // When / Then
    double root = Math.sqrt(18);
    assertThat(map.unifiedDistances())
        .containsExactly(new double[] {3, (5 + root + 3) / 3, (1 + root + 3) / 3, 3}, within(1e-6));
  }

  private static SomMap twoByTwo(GridShape shape) {
    SomSamples samples = SomSamples.of(new float[] {0, 0}, 2);
    return SomMap.of(
        new SomGrid(shape, 2, 2), new float[] {0, 0, 3, 4, 0, 1, 3, 1}, samples, samples);
  }

  @Test
  void shouldRefuseWeightsOfAnotherSize() {
    // Given
    SomSamples samples = SomSamples.of(new float[] {0, 0}, 2);

    // When / Then
    assertThatThrownBy(
            () ->
                SomMap.of(new SomGrid(GridShape.RECTANGULAR, 2, 2), new float[7], samples, samples))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("7 weights for 4 cells of 2");
  }
}
