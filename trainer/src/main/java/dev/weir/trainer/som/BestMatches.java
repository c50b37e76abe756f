package dev.weir.trainer.som;

/**
 * Where samples are on a map.
 *
 * @param cells each sample's best matching unit: the cell whose weights are nearest, the first of
 *     equals; {@code [n]}
 * @param seconds the cell whose weights are second nearest; {@code [n]}
 * @param errors the square of the distance to the nearest, as the mean over the features that are
 *     present; 0 where none is; {@code [n]}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
public record BestMatches(int[] cells, int[] seconds, double[] errors) {

  /** The quantisation error: the mean of the errors. */
  public double quantisationError() {
    double sum = 0;
    for (double error : errors) {
      sum += error;
    }
    return sum / Math.max(1, errors.length);
  }

  /**
   * The topographic error (Kiviluoto 1996): the share of the samples whose nearest two cells are
   * not side by side on the grid.
   */
  public double topographicError(SomGrid grid) {
    int torn = 0;
    for (int i = 0; i < cells.length; i++) {
      torn += grid.areNeighbours(cells[i], seconds[i]) ? 0 : 1;
    }
    return (double) torn / Math.max(1, cells.length);
  }

  /** How many samples each cell won. */
  public int[] hits(int cellCount) {
    int[] hits = new int[cellCount];
    for (int cell : cells) {
      hits[cell]++;
    }
    return hits;
  }
}
