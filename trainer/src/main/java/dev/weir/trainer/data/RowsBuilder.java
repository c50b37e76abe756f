package dev.weir.trainer.data;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * Collects rows whose number is not known before, puts them in the order of time, and links each to
 * the row of its key before it. Rows can be forgotten again, so that a sample needs no more room
 * than its rows do.
 */
public final class RowsBuilder {
  private static final long NO_ROW = -1;

  private final int width;
  private final int most;
  private float[] values;
  private long[] times;
  private int[] keys;

  /** Which one of all rows that were added is in a place; {@link #NO_ROW} if none is. */
  private long[] arrivals;

  /** Which one of all rows of its key it is; after a cut, one number is left out. */
  private long[] ordinals;

  private int places;
  private int count;
  private long added;
  private long[] nextOrdinals = new long[16];
  private boolean isWhole = true;

  /** As many rows as an array of Java's can hold. */
  public RowsBuilder(int width) {
    this(width, Integer.MAX_VALUE);
  }

  /**
   * Nothing is collected yet.
   *
   * @param width how many values a row has
   * @param most no more than so many rows are there at once
   */
  public RowsBuilder(int width, int most) {
    this.width = width;
    this.most = (int) Math.min(most, (Integer.MAX_VALUE - 8L) / width);
    int room = Math.min(1024, this.most);
    values = new float[room * width];
    times = new long[room];
    keys = new int[room];
    arrivals = new long[room];
    ordinals = new long[room];
  }

  /**
   * Adds a row.
   *
   * @param row float32 {@code [d]}; copied
   * @param time when it happened, in any unit that orders it; equal times keep their order
   * @param key a number of the row's key, from 0, the same for all rows of a key
   */
  public void add(float[] row, long time, int key) {
    put(places, row, time, key);
  }

  /**
   * Puts a row in a place, whose row is forgotten if there is one. All rows of a key are put or
   * {@linkplain #skip skipped} in their order.
   *
   * @param place from 0; one that was in use before, or the next one
   * @param row as in {@link #add}
   * @param time as in {@link #add}
   * @param key as in {@link #add}
   */
  public void put(int place, float[] row, long time, int key) {
    if (place == times.length) {
      grow();
    }
    if (place == places) {
      arrivals[places++] = NO_ROW;
    }
    isWhole &= arrivals[place] == NO_ROW;
    count += arrivals[place] == NO_ROW ? 1 : 0;
    System.arraycopy(row, 0, values, place * width, width);
    times[place] = time;
    keys[place] = key;
    arrivals[place] = added++;
    ordinals[place] = nextOrdinal(key);
  }

  /** Says that a key has a row here that is not kept: those around it are not linked. */
  public void skip(int key) {
    isWhole = false;
    nextOrdinal(key);
  }

  /** Forgets the row in a place. */
  public void remove(int place) {
    isWhole = false;
    count -= arrivals[place] == NO_ROW ? 0 : 1;
    arrivals[place] = NO_ROW;
  }

  private long nextOrdinal(int key) {
    if (key >= nextOrdinals.length) {
      nextOrdinals = Arrays.copyOf(nextOrdinals, Math.max(key + 1, 2 * nextOrdinals.length));
    }
    return nextOrdinals[key]++;
  }

  private void grow() {
    int wanted = (int) Math.min(places * 2L, most);
    if (wanted <= places) {
      throw new IllegalStateException(
          "more than "
              + places
              + " rows of "
              + width
              + " values do not fit; train on less history");
    }
    values = Arrays.copyOf(values, wanted * width);
    times = Arrays.copyOf(times, wanted);
    keys = Arrays.copyOf(keys, wanted);
    arrivals = Arrays.copyOf(arrivals, wanted);
    ordinals = Arrays.copyOf(ordinals, wanted);
  }

  /** How many rows are there. */
  public int count() {
    return count;
  }

  /** All rows, ordered by time. */
  public LinkedRows build() {
    return build(Optional.empty());
  }

  /**
   * All rows, ordered by time.
   *
   * @param maxGap rows of a key that are further apart in time, in milliseconds, are not linked
   */
  public LinkedRows build(Optional<Duration> maxGap) {
    sort();
    int[] previous = links(maxGap.map(Duration::toMillis).orElse(Long.MAX_VALUE));
    return new LinkedRows(
        Rows.of(
            values.length == count * width ? values : Arrays.copyOf(values, count * width), width),
        previous,
        Arrays.copyOf(times, count),
        Arrays.copyOf(keys, count));
  }

  private boolean isOrdered() {
    boolean ordered = count == places;
    for (int i = 1; ordered && i < places; i++) {
      ordered =
          times[i - 1] < times[i] || (times[i - 1] == times[i] && arrivals[i - 1] < arrivals[i]);
    }
    return ordered;
  }

  private void sort() {
    if (isOrdered()) {
      return;
    }
    Integer[] order = new Integer[count];
    int row = 0;
    for (int place = 0; place < places; place++) {
      if (arrivals[place] != NO_ROW) {
        order[row++] = place;
      }
    }
    Arrays.sort(
        order,
        Comparator.<Integer>comparingLong(i -> times[i]).thenComparingLong(i -> arrivals[i]));
    float[] sortedValues = new float[count * width];
    long[] sortedTimes = new long[count];
    int[] sortedKeys = new int[count];
    long[] sortedArrivals = new long[count];
    long[] sortedOrdinals = new long[count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(values, order[i] * width, sortedValues, i * width, width);
      sortedTimes[i] = times[order[i]];
      sortedKeys[i] = keys[order[i]];
      sortedArrivals[i] = arrivals[order[i]];
      sortedOrdinals[i] = ordinals[order[i]];
    }
    values = sortedValues;
    times = sortedTimes;
    keys = sortedKeys;
    arrivals = sortedArrivals;
    ordinals = sortedOrdinals;
    places = count;
  }

  private int[] links(long maxGap) {
    int[] last = new int[Arrays.stream(keys, 0, count).max().orElse(-1) + 1];
    Arrays.fill(last, -1);
    int[] previous = new int[count];
    for (int i = 0; i < count; i++) {
      int before = last[keys[i]];
      boolean linked =
          before >= 0
              && (isWhole || ordinals[before] + 1 == ordinals[i])
              && (double) times[i] - times[before] <= maxGap;
      previous[i] = linked ? before : -1;
      last[keys[i]] = i;
    }
    return previous;
  }
}
