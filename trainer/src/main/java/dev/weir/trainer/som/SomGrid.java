package dev.weir.trainer.som;

import dev.weir.trainer.config.GridShape;
import java.util.Arrays;

/**
 * Cells in rows and columns, numbered row by row; cells side by side are 1 apart.
 *
 * <p>On a hexagonal grid every other row, from the second on, is shifted by half a cell to the
 * right, and rows are {@code √3/2} apart.
 *
 * @param shape how rows lie beside each other
 * @param rows from top to bottom
 * @param columns in each row
 */
public record SomGrid(GridShape shape, int rows, int columns) {
  /** Between two rows of a hexagonal grid. */
  public static final double HEXAGONAL_ROW = Math.sqrt(0.75);

  private static final double ADJACENT = 1 + 1e-9;

  public SomGrid {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("a grid of " + rows + " rows, " + columns + " columns");
    }
  }

  public int cells() {
    return rows * columns;
  }

  /** Where a cell's centre is, from left to right. */
  public double x(int cell) {
    int row = cell / columns;
    return cell % columns + (shape == GridShape.HEXAGONAL && row % 2 == 1 ? 0.5 : 0);
  }

  /** Where a cell's centre is, from top to bottom. */
  public double y(int cell) {
    int row = cell / columns;
    return row * rowHeight();
  }

  /** How far one row is from the next. */
  public double rowHeight() {
    return shape == GridShape.HEXAGONAL ? HEXAGONAL_ROW : 1;
  }

  /** The square of the distance of two cells' centres. */
  public double squaredDistance(int one, int other) {
    double x = x(one) - x(other);
    double y = y(one) - y(other);
    return x * x + y * y;
  }

  /** Whether two cells are side by side; a cell is not beside itself. */
  public boolean areNeighbours(int one, int other) {
    return one != other && squaredDistance(one, other) <= ADJACENT;
  }

  /** The cells beside a cell, in their order: six at most if hexagonal, four if rectangular. */
  public int[] neighbours(int cell) {
    int[] found = new int[6];
    int count = 0;
    int row = cell / columns;
    int column = cell % columns;
    for (int r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
        if (areNeighbours(cell, r * columns + c)) {
          found[count++] = r * columns + c;
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** The first cell of those rows that have cells within a distance of a cell. */
  int firstWithin(int cell, double distance) {
    int back = (int) Math.min(rows, distance / rowHeight());
    return Math.max(0, cell / columns - back) * columns;
  }

  /** One more than the last cell of those rows that have cells within a distance of a cell. */
  int endWithin(int cell, double distance) {
    int ahead = (int) Math.min(rows, distance / rowHeight());
    return Math.min(rows, cell / columns + ahead + 1) * columns;
  }
}
