package dev.weir.scorer.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Rows to be scored together, float32 {@code [n, d]}, in one direct buffer that is used again and
 * again. NaN is a missing value. Not thread-safe.
 */
public final class FeatureBatch {
  private final int capacity;
  private final int width;
  private final FloatBuffer values;
  private int size;

  public FeatureBatch(int capacity, int width) {
    this.capacity = capacity;
    this.width = width;
    values =
        ByteBuffer.allocateDirect(Math.multiplyExact(capacity * Float.BYTES, width))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
  }

  /** Appends a copy of a row of {@code d} values. */
  public void add(float[] row) {
    if (isFull()) {
      throw new IllegalStateException("the batch is full: it holds " + capacity + " rows");
    }
    values.put(size * width, row, 0, width);
    size++;
  }

  public void clear() {
    size = 0;
  }

  /** The number of rows, {@code n}. */
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public boolean isFull() {
    return size == capacity;
  }

  /** The number of features, {@code d}. */
  public int width() {
    return width;
  }

  public float value(int row, int feature) {
    return values.get(row * width + feature);
  }

  /** The rows' values, from the first to the last; a view of the batch's own memory. */
  FloatBuffer values() {
    return values.duplicate().position(0).limit(size * width);
  }
}
