package dev.weir.scorer.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Rows to be scored together, float32 {@code [n, d]}, in one direct buffer that is used again and
 * again; or windows of rows, float32 {@code [n, w, d]}, each with its newest row last, which is the
 * one that is scored. NaN is a missing value. Not thread-safe.
 */
public final class FeatureBatch {
  private final int capacity;
  private final int window;
  private final int width;
  private final FloatBuffer values;
  private int size;

  /** Of rows alone. */
  public FeatureBatch(int capacity, int width) {
    this(capacity, 1, width);
  }

  /**
   * Of windows.
   *
   * @param capacity how many are scored together at most
   * @param window how many rows each has, {@code w}
   * @param width how many features a row has, {@code d}
   * @throws IllegalArgumentException if they take more bytes than a buffer may have
   */
  public FeatureBatch(int capacity, int window, int width) {
    this.capacity = capacity;
    this.window = window;
    this.width = width;
    values =
        ByteBuffer.allocateDirect(bytes(capacity, window, width))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
  }

  private static int bytes(int capacity, int window, int width) {
    try {
      return Math.multiplyExact(
          Math.multiplyExact(Math.multiplyExact(capacity, Float.BYTES), width), window);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "a batch of "
              + capacity
              + " windows of "
              + window
              + " rows with "
              + width
              + " features takes 2 GiB or more",
          e);
    }
  }

  /** Appends a copy of a row of {@code d} values, or of a window of {@code w · d}. */
  public void add(float[] rows) {
    if (isFull()) {
      throw new IllegalStateException("the batch is full: it holds " + capacity + " rows");
    }
    values.put(size * window * width, rows, 0, window * width);
    size++;
  }

  /** Appends a copy of what another batch of the same shape has at a place. */
  public void add(FeatureBatch other, int row) {
    if (other.window != window || other.width != width) {
      throw new IllegalArgumentException("the batches' rows are not of the same shape");
    }
    float[] rows = new float[window * width];
    other.values.get(row * window * width, rows);
    add(rows);
  }

  public void clear() {
    size = 0;
  }

  /** The number of rows that are scored, {@code n}. */
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public boolean isFull() {
    return size == capacity;
  }

  /** The number of rows in a window, {@code w}; 1 if rows are scored alone. */
  public int window() {
    return window;
  }

  /** The number of features, {@code d}. */
  public int width() {
    return width;
  }

  /** A feature of a row that is scored: the newest of its window. */
  public float value(int row, int feature) {
    return values.get(((row + 1) * window - 1) * width + feature);
  }

  /** The rows' values, from the first to the last; a view of the batch's own memory. */
  FloatBuffer values() {
    return values.duplicate().position(0).limit(size * window * width);
  }
}
