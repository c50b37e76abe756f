package dev.weir.trainer.som;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.trainer.config.GridShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SomGridTest {
  /** Cells 0 to 3, then 4 to 7 shifted to the right, then 8 to 11. */
  private static final SomGrid HEXAGONAL = new SomGrid(GridShape.HEXAGONAL, 3, 4);

  private static final SomGrid RECTANGULAR = new SomGrid(GridShape.RECTANGULAR, 3, 4);

  @ParameterizedTest
  @CsvSource({"5,4,1", "5,6,1", "5,1,1", "5,2,1", "5,9,1", "5,10,1", "5,0,3", "5,3,3", "0,8,3"})
  void shouldMeasureSquaredDistancesBetweenHexagons(int one, int other, double squared) {
    // When / Then
    assertThat(HEXAGONAL.squaredDistance(one, other)).isCloseTo(squared, within(1e-12));
    assertThat(HEXAGONAL.squaredDistance(other, one)).isCloseTo(squared, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"5,4,1", "5,1,1", "5,0,2", "5,3,5", "0,11,13"})
  void shouldMeasureSquaredDistancesBetweenSquares(int one, int other, double squared) {
    // When / Then
    assertThat(RECTANGULAR.squaredDistance(one, other)).isEqualTo(squared);
  }

  @Test
  void shouldHaveSixNeighboursInsideHexagonalGrid() {
    // When / Then
    assertThat(HEXAGONAL.neighbours(5)).containsExactly(1, 2, 4, 6, 9, 10);
    assertThat(HEXAGONAL.neighbours(0)).containsExactly(1, 4);
    assertThat(HEXAGONAL.neighbours(4)).containsExactly(0, 1, 5, 8, 9);
    assertThat(HEXAGONAL.neighbours(11)).containsExactly(6, 7, 10);
  }

  @Test
  void shouldHaveFourNeighboursInsideRectangularGrid() {
    // When / Then
    assertThat(RECTANGULAR.neighbours(5)).containsExactly(1, 4, 6, 9);
    assertThat(RECTANGULAR.neighbours(0)).containsExactly(1, 4);
    assertThat(RECTANGULAR.areNeighbours(5, 0)).isFalse();
    assertThat(RECTANGULAR.areNeighbours(5, 5)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"HEXAGONAL", "RECTANGULAR"})
  void shouldHaveAllCellsWithinDistanceInItsRange(GridShape shape) {
    // Given
    SomGrid grid = new SomGrid(shape, 9, 5);

    for (double distance : new double[] {0, 0.9, 1, 1.8, 3.2, 100}) {
      for (int cell = 0; cell < grid.cells(); cell++) {
        for (int other = 0; other < grid.cells(); other++) {
          if (grid.squaredDistance(cell, other) <= distance * distance) {
            // When / Then
            assertThat(other)
                .isGreaterThanOrEqualTo(grid.firstWithin(cell, distance))
                .isLessThan(grid.endWithin(cell, distance));
          }
        }
      }
    }
  }
}
