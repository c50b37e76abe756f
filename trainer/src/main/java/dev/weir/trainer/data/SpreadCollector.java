package dev.weir.trainer.data;

import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldValues;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows the columns' values in double precision while they are read (Welford 1962, "Note on a
 * method for calculating corrected sums of squares and products").
 */
public final class SpreadCollector {
  /** Of a column whose values nobody looks at. */
  public static final int NOT_FOLLOWED = -1;

  private final int[] slots;
  private final long[] counts;
  private final double[] means;
  private final double[] squares;

  /**
   * @param slots by column, where a record's values have it; or {@link #NOT_FOLLOWED}
   */
  public SpreadCollector(int[] slots) {
    this.slots = slots.clone();
    int width = slots.length;
    counts = new long[width];
    means = new double[width];
    squares = new double[width];
  }

  /** Adds the values of one row. */
  public void add(FieldValues values) {
    for (int i = 0; i < counts.length; i++) {
      boolean there = slots[i] >= 0 && values.kind(slots[i]) == FieldKind.NUMBER;
      double value = there ? values.number(slots[i]) : Double.NaN;
      if (!Double.isNaN(value)) {
        counts[i]++;
        double difference = value - means[i];
        means[i] += difference / counts[i];
        squares[i] += difference * (value - means[i]);
      }
    }
  }

  /** The columns' spreads so far, in their order. */
  public List<Spread> spreads() {
    List<Spread> spreads = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      spreads.add(new Spread(means[i], Math.sqrt(squares[i] / Math.max(1, counts[i]))));
    }
    return spreads;
  }
}
