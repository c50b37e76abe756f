package dev.weir.trainer.data;

import java.util.Arrays;
import java.util.Comparator;

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

  /** When each row was added, from 0; null while they stand in that order. */
  private long[] arrivals;

  private long added;

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
    ordered &= count == 0 || times[count - 1] <= time;
    put(count, row, time, key);
    count++;
  }

  /**
   * Adds a row in the place of one that was added before. From then on no row is linked to another:
   * those between them may be gone.
   *
   * @param place of the row to forget, by the order in which the rows were added
   * @param row as in {@link #add}
   * @param time as in {@link #add}
   * @param key as in {@link #add}
   */
  public void replace(int place, float[] row, long time, int key) {
    if (arrivals == null) {
      arrivals = new long[times.length];
      Arrays.setAll(arrivals, i -> i);
      ordered = false;
    }
    put(place, row, time, key);
  }

  private void put(int place, float[] row, long time, int key) {
    System.arraycopy(row, 0, values, place * width, width);
    times[place] = time;
    keys[place] = key;
    if (arrivals != null) {
      arrivals[place] = added;
    }
    added++;
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
    arrivals = arrivals == null ? null : Arrays.copyOf(arrivals, (int) wanted);
  }

  public int count() {
    return count;
  }

  /** All rows, ordered by time. */
  public LinkedRows build() {
    sort();
    int[] previous = arrivals == null ? links() : none();
    return new LinkedRows(
        Rows.of(Arrays.copyOf(values, count * width), width),
        previous,
        Arrays.copyOf(times, count),
        Arrays.copyOf(keys, count));
  }

  private void sort() {
    if (ordered) {
      return;
    }
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Comparator<Integer> byTime = Comparator.comparingLong(i -> times[i]);
    Arrays.sort(order, arrivals == null ? byTime : byTime.thenComparingLong(i -> arrivals[i]));
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

  private int[] none() {
    int[] previous = new int[count];
    Arrays.fill(previous, -1);
    return previous;
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
