package dev.weir.trainer.data;

import java.util.Arrays;

/**
 * What a model sees at once: {@code n} samples of {@code w} consecutive rows of one key, float32
 * {@code [n, w, d]}, the newest row of each last. With {@code w} = 1 a sample is a row.
 *
 * <p>A view of rows, in the order of their newest rows; nothing is copied until asked for.
 */
public final class Samples {
  private static final int[] NO_LINKS = {};

  private final Rows rows;
  private final int[] previous;
  private final int window;
  private final int[] newest;

  private Samples(Rows rows, int[] previous, int window, int[] newest) {
    this.rows = rows;
    this.previous = previous;
    this.window = window;
    this.newest = newest;
  }

  /** Each row alone. */
  public static Samples of(Rows rows) {
    int[] all = new int[rows.count()];
    Arrays.setAll(all, i -> i);
    return new Samples(rows, NO_LINKS, 1, all);
  }

  /**
   * Each row that has {@code window - 1} rows of its key before it, with those.
   *
   * @param previous for each row the index of the key's row before it, or -1
   */
  public static Samples of(Rows rows, int[] previous, int window) {
    if (window == 1) {
      return of(rows);
    }
    if (previous.length != rows.count()) {
      throw new IllegalArgumentException(previous.length + " links for " + rows.count() + " rows");
    }
    int[] depths = new int[rows.count()];
    int[] complete = new int[rows.count()];
    int count = 0;
    for (int i = 0; i < depths.length; i++) {
      depths[i] = previous[i] < 0 ? 1 : depths[previous[i]] + 1;
      if (depths[i] >= window) {
        complete[count++] = i;
      }
    }
    return new Samples(rows, previous, window, Arrays.copyOf(complete, count));
  }

  /** The number of samples, {@code n}. */
  public int count() {
    return newest.length;
  }

  /** The number of rows in a sample, {@code w}. */
  public int window() {
    return window;
  }

  /** The number of features, {@code d}. */
  public int width() {
    return rows.width();
  }

  /** Where a sample's newest row stands among all rows of the history. */
  public int row(int sample) {
    return newest[sample];
  }

  /** A value of a sample's newest row. */
  public float at(int sample, int column) {
    return rows.at(newest[sample], column);
  }

  /** The samples from one index (inclusive) to another (exclusive). */
  public Samples slice(int first, int end) {
    return new Samples(rows, previous, window, Arrays.copyOfRange(newest, first, end));
  }

  /** Some of the samples, in the order of the indices. */
  public Samples pick(int[] indices) {
    int[] picked = new int[indices.length];
    Arrays.setAll(picked, i -> newest[indices[i]]);
    return new Samples(rows, previous, window, picked);
  }

  /** The same samples, of which only the last rows are looked at. */
  public Samples last(int shorterWindow) {
    if (shorterWindow < 1 || shorterWindow > window) {
      throw new IllegalArgumentException("a window of " + shorterWindow + " within " + window);
    }
    return shorterWindow == window ? this : new Samples(rows, previous, shorterWindow, newest);
  }

  /** Copies the values of one sample, float32 {@code [w, d]}. */
  public void copy(int sample, float[] target, int offset) {
    int row = newest[sample];
    for (int position = window - 1; position >= 0; position--) {
      rows.copyRow(row, target, offset + position * width());
      row = position == 0 ? row : previous[row];
    }
  }

  /** A copy of the values of some samples, float32 {@code [end - first, w, d]}. */
  public float[] copy(int first, int end) {
    int size = window * width();
    float[] values = new float[(end - first) * size];
    for (int i = first; i < end; i++) {
      copy(i, values, (i - first) * size);
    }
    return values;
  }

  /** A copy of all values, float32 {@code [n, w, d]}. */
  public float[] copy() {
    return copy(0, count());
  }
}
