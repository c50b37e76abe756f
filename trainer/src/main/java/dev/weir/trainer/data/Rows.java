package dev.weir.trainer.data;

import dev.weir.model.bundle.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/** Encoded rows, float32 {@code [n, d]}, row by row in one array. NaN is a missing value. */
public final class Rows {
  private final float[] values;
  private final int from;
  private final int count;
  private final int width;

  private Rows(float[] values, int from, int count, int width) {
    this.values = values;
    this.from = from;
    this.count = count;
    this.width = width;
  }

  /** Wraps an array without copying it; its length must be a multiple of the width. */
  public static Rows of(float[] values, int width) {
    if (width < 1 || values.length % width != 0) {
      throw new IllegalArgumentException(values.length + " values do not make rows of " + width);
    }
    return new Rows(values, 0, values.length / width, width);
  }

  /** The number of rows, {@code n}. */
  public int count() {
    return count;
  }

  /** The number of features, {@code d}. */
  public int width() {
    return width;
  }

  public float at(int row, int column) {
    return values[(from + row) * width + column];
  }

  /** The rows from one index (inclusive) to another (exclusive); a view, not a copy. */
  public Rows slice(int first, int end) {
    if (first < 0 || end < first || end > count) {
      throw new IndexOutOfBoundsException("rows " + first + " to " + end + " of " + count);
    }
    return new Rows(values, from + first, end - first, width);
  }

  /** Copies the values of one row, float32 {@code [d]}. */
  public void copyRow(int row, float[] target, int offset) {
    System.arraycopy(values, (from + row) * width, target, offset, width);
  }

  /** A copy of the values of some rows, float32 {@code [end - first, d]}. */
  public float[] copy(int first, int end) {
    return Arrays.copyOfRange(values, (from + first) * width, (from + end) * width);
  }

  /** A copy of all values, float32 {@code [n, d]}. */
  public float[] copy() {
    return copy(0, count);
  }

  /** SHA-256 over the values in their order: two histories with one fingerprint are the same. */
  public String fingerprint() {
    MessageDigest digest = Sha256.digest();
    ByteBuffer row = ByteBuffer.allocate(width * Float.BYTES);
    for (int i = 0; i < count; i++) {
      row.clear();
      for (int j = 0; j < width; j++) {
        row.putFloat(at(i, j));
      }
      digest.update(row.array());
    }
    return Sha256.hex(digest.digest(), 32);
  }
}
