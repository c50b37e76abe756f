package dev.weir.trainer.data;

import java.util.Arrays;

/** Collects rows whose number is not known before, and puts them in the order of time. */
public final class RowsBuilder {
  private final int width;
  private float[] values;
  private long[] times = new long[1024];
  private int count;
  private boolean ordered = true;

  public RowsBuilder(int width) {
    this.width = width;
    values = new float[1024 * width];
  }

  /**
   * Adds a row.
   *
   * @param row float32 {@code [d]}; copied
   * @param time when it happened, in any unit that orders it; equal times keep their order
   */
  public void add(float[] row, long time) {
    if (count == times.length) {
      grow();
    }
    System.arraycopy(row, 0, values, count * width, width);
    times[count] = time;
    ordered &= count == 0 || times[count - 1] <= time;
    count++;
  }

  private void grow() {
    long wanted = Math.min(count * 2L, (Integer.MAX_VALUE - 8L) / width);
    if (wanted <= count) {
      throw new IllegalStateException(
          "more than " + count + " rows of " + width + " values do not fit; train on less history");
    }
    values = Arrays.copyOf(values, (int) wanted * width);
    times = Arrays.copyOf(times, (int) wanted);
  }

  public int count() {
    return count;
  }

  /** All rows, ordered by time. */
  public Rows build() {
    if (ordered) {
      return Rows.of(Arrays.copyOf(values, count * width), width);
    }
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(times[a], times[b]));
    float[] sorted = new float[count * width];
    for (int i = 0; i < count; i++) {
      System.arraycopy(values, order[i] * width, sorted, i * width, width);
    }
    return Rows.of(sorted, width);
  }
}
