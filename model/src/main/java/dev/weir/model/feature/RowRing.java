package dev.weir.model.feature;

/** The last encoded rows of a key, each float32 {@code [d]}. */
final class RowRing {
  private final float[] values;
  private final int capacity;
  private final int width;
  private int next;
  private int size;

  RowRing(int capacity, int width) {
    this.capacity = capacity;
    this.width = width;
    values = new float[capacity * width];
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == capacity;
  }

  void add(float[] row, int offset) {
    if (capacity == 0) {
      return;
    }
    System.arraycopy(row, offset, values, next * width, width);
    next = next + 1 == capacity ? 0 : next + 1;
    size = Math.min(size + 1, capacity);
  }

  /** Copies the row so many records ago: 1 for the newest. */
  void copy(int back, float[] target, int offset) {
    System.arraycopy(values, Math.floorMod(next - back, capacity) * width, target, offset, width);
  }

  void clear() {
    size = 0;
  }
}
