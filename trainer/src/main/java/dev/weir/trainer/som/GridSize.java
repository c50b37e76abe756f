package dev.weir.trainer.som;

import dev.weir.trainer.config.GridShape;
import dev.weir.trainer.config.SomConfig;

/** How large a map is, if nobody says. */
final class GridSize {
  private static final int CELLS = 2000;
  private static final double LONGEST = 4;

  private GridSize() {}

  /**
   * The grid that a config asks for.
   *
   * <p>Its sides are to each other as the deviations along the two largest principal components
   * (Vesanto et al., SOM Toolbox for Matlab 5, 2000), but not more than 4 to 1. Their rule for the
   * number of cells, {@code 5 √n}, makes maps to be looked at; larger ones tell rows that they were
   * not trained on better from anomalies (ADR 11), even where there are more cells than samples.
   */
  static SomGrid of(SomConfig config, PrincipalPlane plane) {
    if (config.rows() != null) {
      return new SomGrid(config.grid(), config.rows(), config.columns());
    }
    int cells = config.cells() == null ? CELLS : config.cells();
    double[] deviations = plane.deviations();
    double ratio =
        deviations[1] * LONGEST <= deviations[0] ? LONGEST : deviations[0] / deviations[1];
    double height = config.grid() == GridShape.HEXAGONAL ? SomGrid.HEXAGONAL_ROW : 1;
    int rows = (int) Math.max(1, Math.round(Math.sqrt(cells / (ratio * height))));
    return new SomGrid(config.grid(), rows, Math.max(2, Math.round((float) cells / rows)));
  }
}
