package dev.weir.benchmarks.quality;

import dev.weir.trainer.data.Rows;

/** A series seen through a sliding window: each row becomes the last rows up to it. */
final class Lags {
  private Lags() {}

  /**
   * Widens rows of {@code d} values to {@code count * d}, oldest first. What would be before the
   * first row is missing.
   *
   * @param count rows that make one; 1 changes nothing
   */
  static Rows of(Rows rows, int count) {
    int width = rows.width();
    float[] values = new float[rows.count() * count * width];
    int next = 0;
    for (int i = 0; i < rows.count(); i++) {
      for (int lag = count - 1; lag >= 0; lag--) {
        for (int j = 0; j < width; j++) {
          values[next++] = i < lag ? Float.NaN : rows.at(i - lag, j);
        }
      }
    }
    return Rows.of(values, count * width);
  }
}
