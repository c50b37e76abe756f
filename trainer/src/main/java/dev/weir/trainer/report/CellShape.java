package dev.weir.trainer.report;

import dev.weir.trainer.config.GridShape;
import dev.weir.trainer.som.SomGrid;
import java.util.Locale;

/** What the cells of a grid look like in SVG: hexagons that stand on a corner, or squares. */
record CellShape(SomGrid grid) {
  /** From one cell to the next. */
  private static final double SIDE = 10;

  /** From a hexagon's centre to its corners. */
  private static final double CORNER = SIDE / Math.sqrt(3);

  static CellShape of(SomGrid grid) {
    return new CellShape(grid);
  }

  private boolean hexagonal() {
    return grid.shape() == GridShape.HEXAGONAL;
  }

  private double half() {
    return hexagonal() ? CORNER : SIDE / 2;
  }

  /** The opening tag of a picture in which all cells have room. */
  String open(String title) {
    double width = SIDE * (grid.columns() + (hexagonal() && grid.rows() > 1 ? 0.5 : 0));
    double height = SIDE * grid.rowHeight() * (grid.rows() - 1) + 2 * half();
    return String.format(
        Locale.ROOT,
        "<svg viewBox='0 0 %.1f %.1f' role='img' aria-label='%s'>%n",
        width,
        height,
        Html.escape(title));
  }

  /** A cell's outline, in the words of a path. */
  String path(int cell) {
    double x = SIDE * (grid.x(cell) + 0.5);
    double y = SIDE * grid.y(cell);
    // Cells overlap a little, so that no light shines through between them.
    return hexagonal()
        ? String.format(Locale.ROOT, "M%.0f %.1fl5.1 2.9v5.9l-5.1 2.9-5.1-2.9v-5.9z", x, y)
        : String.format(Locale.ROOT, "M%.0f %.0fh10.1v10.1h-10.1z", x - SIDE / 2, y);
  }
}
