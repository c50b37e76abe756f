package dev.weir.trainer.review;

import dev.weir.model.bundle.NotableRow;
import dev.weir.trainer.contamination.TrimmedRow;
import dev.weir.trainer.contamination.Trimming;
import dev.weir.trainer.data.History;
import java.util.Comparator;
import java.util.List;

/** The rows that were left out of a history, as people want to see them. */
public final class TrimmedRows {
  private static final int HIGHEST = 12;

  private TrimmedRows() {}

  /**
   * Those with the highest scores by the model that found them, highest first. Of their
   * probabilities nothing is known.
   */
  public static List<NotableRow> highest(Trimming trimming, History history) {
    return trimming.rows().stream()
        .sorted(Comparator.comparingDouble(TrimmedRow::score).reversed())
        .limit(HIGHEST)
        .map(
            row ->
                new NotableRow(
                    row.row() + 1L,
                    history.time(row.row()).orElse(null),
                    history.key(row.row()).orElse(null),
                    row.score(),
                    Double.NaN,
                    List.of()))
        .toList();
  }
}
