package dev.weir.benchmarks.quality;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The one-class protocol: which rows of a table are for what.
 *
 * <p>At most {@value #MOST_ROWS} rows take part, drawn from all rows at random, each with the same
 * chance, so that the share of anomalies stays what it is but for chance. A random half of the
 * normal ones is for learning, of which a tenth decides when to stop; the other half and all
 * anomalies are for testing. Labels say which rows are normal, as the protocol has it, and nothing
 * more.
 *
 * @param training indices of normal rows
 * @param validation indices of normal rows
 * @param test indices of all other rows
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never changed
record OneClassSplit(int[] training, int[] validation, int[] test) {
  static final int MOST_ROWS = 10_000;
  private static final int FOLDS = 10;

  /** The same for the same labels and seed. */
  static OneClassSplit of(boolean[] labels, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] rows = shuffled(labels.length, random);
    rows = Arrays.copyOf(rows, Math.min(rows.length, MOST_ROWS));
    int[] normal = Arrays.stream(rows).filter(row -> !labels[row]).toArray();
    int[] anomalous = Arrays.stream(rows).filter(row -> labels[row]).toArray();
    int learning = normal.length / 2;
    int training = learning - Math.max(1, learning / FOLDS);
    int[] test = Arrays.copyOf(anomalous, anomalous.length + normal.length - learning);
    System.arraycopy(normal, learning, test, anomalous.length, normal.length - learning);
    return new OneClassSplit(
        Arrays.copyOf(normal, training), Arrays.copyOfRange(normal, training, learning), test);
  }

  private static int[] shuffled(int count, SplittableRandom random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
