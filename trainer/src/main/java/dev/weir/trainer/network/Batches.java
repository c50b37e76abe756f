package dev.weir.trainer.network;

import dev.weir.trainer.data.Rows;
import java.util.SplittableRandom;

/** Training rows, standardised once and dealt out in shuffled batches. */
public final class Batches {
  private final float[] all;
  private final float[] allMask;
  private final int width;
  private final int batchSize;
  private final int[] order;
  private float[] values = {};
  private float[] mask = {};

  public Batches(Standardizer standardizer, Rows rows, int batchSize) {
    all = standardizer.apply(rows);
    allMask = Standardizer.mask(rows);
    width = rows.width();
    this.batchSize = batchSize;
    order = new int[rows.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  /** The number of rows in all batches together. */
  public int rows() {
    return order.length;
  }

  public int count() {
    return (order.length - 1) / batchSize + 1;
  }

  /** Fisher-Yates. */
  public void shuffle(SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  /** Makes {@link #values} and {@link #mask} those of one batch; the last one may be shorter. */
  public void select(int batch) {
    int first = batch * batchSize;
    int size = Math.min(batchSize, order.length - first);
    if (values.length != size * width) {
      values = new float[size * width];
      mask = new float[size * width];
    }
    for (int i = 0; i < size; i++) {
      System.arraycopy(all, order[first + i] * width, values, i * width, width);
      System.arraycopy(allMask, order[first + i] * width, mask, i * width, width);
    }
  }

  public float[] values() {
    return values;
  }

  public float[] mask() {
    return mask;
  }

  /** The mean over the values that the mask leaves; 0 if it leaves none. */
  public static double meanSquaredError(float[] wanted, float[] given, float[] mask) {
    double sum = 0;
    int present = 0;
    for (int i = 0; i < wanted.length; i++) {
      double error = (wanted[i] - given[i]) * mask[i];
      sum += error * error;
      present += mask[i] == 0 ? 0 : 1;
    }
    return sum / Math.max(1, present);
  }
}
