package dev.weir.trainer.data;

import java.util.Arrays;

/**
 * Collects rows whose number is not known before, puts them in the order of time, and links each to
 * the row of its key before it.
 */
public final class RowsBuilder {
  private final int width;
  private float[] values;
  private long[] times = new long[1024];
  private int[] keys = new int[1024];
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
   * @param key a number of the row's key, from 0, the same for all rows of a key
   */
  public void add(float[] row, long time, int key) {
    if (count == times.length) {
      grow();
    }
    System.arraycopy(row, 0, values, count * width, width);
    times[count] = time;
    keys[count] = key;
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
    keys = Arrays.copyOf(keys, (int) wanted);
  }

  public int count() {
    return count;
  }

  /** All rows, ordered by time. */
  public LinkedRows build() {
    sort();
    return new LinkedRows(
        Rows.of(Arrays.copyOf(values, count * width), width),
        links(),
        Arrays.copyOf(times, count),
        Arrays.copyOf(keys, count));
  }

  private void sort() {
    if (ordered) {
      return;
    }
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(times[a], times[b]));
    float[] sortedValues = new float[count * width];
    long[] sortedTimes = new long[count];
    int[] sortedKeys = new int[count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(values, order[i] * width, sortedValues, i * width, width);
      sortedTimes[i] = times[order[i]];
      sortedKeys[i] = keys[order[i]];
    }
    values = sortedValues;
    times = sortedTimes;
    keys = sortedKeys;
    ordered = true;
  }

  private int[] links() {
    int[] last = new int[Arrays.stream(keys, 0, count).max().orElse(-1) + 1];
    Arrays.fill(last, -1);
    int[] previous = new int[count];
    for (int i = 0; i < count; i++) {
      previous[i] = last[keys[i]];
      last[keys[i]] = i;
    }
    return previous;
  }
}
