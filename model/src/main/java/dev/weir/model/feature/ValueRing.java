package dev.weir.model.feature;

/** The last values of one field of a key, as many as its columns ask for. NaN is a missing one. */
final class ValueRing {
  private final double[] values;
  private int next;
  private int size;

  ValueRing(int capacity) {
    values = new double[capacity];
  }

  int capacity() {
    return values.length;
  }

  int size() {
    return size;
  }

  /** The value so many records ago: 1 for the newest. */
  double value(int back) {
    return values[Math.floorMod(next - back, values.length)];
  }

  void add(double value) {
    values[next] = value;
    next = next + 1 == values.length ? 0 : next + 1;
    size = Math.min(size + 1, values.length);
  }

  void clear() {
    size = 0;
  }
}
