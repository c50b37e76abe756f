package dev.weir.trainer.contamination;

import dev.weir.trainer.data.TimeSplit;
import java.util.List;

/**
 * What is left of a history after trimming.
 *
 * @param split the parts without the rows that were left out
 * @param rows those rows, in the order of time
 */
public record Trimming(TimeSplit split, List<TrimmedRow> rows) {

  public Trimming {
    rows = List.copyOf(rows);
  }

  /** Nothing was left out. */
  public static Trimming none(TimeSplit split) {
    return new Trimming(split, List.of());
  }

  /** Whether the same rows were left out, whatever they scored. */
  public boolean sameRowsAs(Trimming other) {
    return indices().equals(other.indices());
  }

  private List<Integer> indices() {
    return rows.stream().map(TrimmedRow::row).toList();
  }
}
