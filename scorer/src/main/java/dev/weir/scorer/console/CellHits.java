package dev.weir.scorer.console;

import dev.weir.model.bundle.Manifest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Which cells of a self-organising map win records now. What a cell has won fades, to half in some
 * twenty seconds. Hits may be recorded by any thread; the rest is for one.
 */
final class CellHits {
  private static final String FAMILY = "som";
  private static final double FADING = 0.965;

  private final int rows;
  private final int columns;
  private final String shape;
  private final AtomicIntegerArray hits;
  private final double[] heat;

  private CellHits(int rows, int columns, String shape) {
    this.rows = rows;
    this.columns = columns;
    this.shape = shape;
    hits = new AtomicIntegerArray(rows * columns);
    heat = new double[rows * columns];
  }

  /** Of the map that the manifest tells of; empty if the model is none. */
  static Optional<CellHits> of(Manifest manifest) {
    Map<String, Object> settings = manifest.provenance().hyperparameters();
    if (manifest.family().equals(FAMILY)
        && settings.get("rows") instanceof Number rows
        && settings.get("columns") instanceof Number columns
        && rows.intValue() > 0
        && columns.intValue() > 0) {
      return Optional.of(
          new CellHits(
              rows.intValue(),
              columns.intValue(),
              String.valueOf(settings.get("grid")).toLowerCase(Locale.ROOT)));
    }
    return Optional.empty();
  }

  /** A record fell on a cell. */
  void record(int cell) {
    if (cell >= 0 && cell < hits.length()) {
      hits.incrementAndGet(cell);
    }
  }

  /** A second has gone by: what was won before fades, what was won since is added. */
  void tick() {
    for (int i = 0; i < heat.length; i++) {
      heat[i] = heat[i] * FADING + hits.getAndSet(i, 0);
    }
  }

  /** What each cell has won lately, row by row. */
  double[] heat() {
    return heat.clone();
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /** {@code hexagonal} or {@code rectangular}. */
  String shape() {
    return shape;
  }
}
