package dev.weir.trainer.data;

/**
 * Rows in the order of time, each linked to the row of its key before it.
 *
 * @param rows oldest first
 * @param previous for each row the index of the key's row before it, or -1
 * @param times when each row happened, in the unit of its source; never falls
 * @param keys the number of each row's key, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // shared within the trainer, never changed
public record LinkedRows(Rows rows, int[] previous, long[] times, int[] keys) {

  /** Rows of one key, one after the other. */
  public static LinkedRows ofOneKey(Rows rows) {
    int[] previous = new int[rows.count()];
    long[] times = new long[rows.count()];
    for (int i = 0; i < previous.length; i++) {
      previous[i] = i - 1;
      times[i] = i;
    }
    return new LinkedRows(rows, previous, times, new int[previous.length]);
  }
}
