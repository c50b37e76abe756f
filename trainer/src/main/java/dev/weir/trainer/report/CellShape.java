package dev.weir.trainer.report;

import dev.weir.trainer.config.GridShape;
import dev.weir.trainer.som.SomGrid;
import java.util.Locale;

/**
 * How much room the cells of a grid need in a picture: hexagons that stand on a corner, or squares,
 * as {@code report.js} draws them.
 */
record CellShape(SomGrid grid) {
  /** From one cell to the next. */
  private static final double SIDE = 10;

  /** From a hexagon's centre to its corners. */
  private static final double CORNER = SIDE / Math.sqrt(3);

  static CellShape of(SomGrid grid) {
    return new CellShape(grid);
  }

  /** Room for all cells, in the words of an SVG. */
  String viewBox() {
    boolean hexagonal = grid.shape() == GridShape.HEXAGONAL;
    double width = SIDE * (grid.columns() + (hexagonal && grid.rows() > 1 ? 0.5 : 0));
    double height =
        SIDE * grid.rowHeight() * (grid.rows() - 1) + 2 * (hexagonal ? CORNER : SIDE / 2);
    return String.format(Locale.ROOT, "0 0 %.1f %.1f", width, height);
  }
}
