package dev.weir.trainer.report;

import dev.weir.model.bundle.NotableRow;
import java.util.List;

/** The rows that were left out because they look anomalous. */
final class TrimmedSection {
  private TrimmedSection() {}

  /**
   * Shows some of them.
   *
   * @param count how many there are
   * @param highest those with the highest scores
   */
  static ReportSection of(long count, List<NotableRow> highest) {
    Table table = Table.numbers("Rows left out", List.of("row", "time (UTC)", "score"));
    for (NotableRow row : highest) {
      table.row(
          List.of(
              Html.count(row.row()),
              row.time() == null ? Html.NONE : SummarySection.time(row.time()),
              Html.number(row.score())));
    }
    return new ReportSection(
        "left-out",
        "Rows left out",
        Html.paragraph(
                Html.count(count)
                    + " rows look anomalous, and the model was not fitted on them"
                    + " (contamination). These have the highest scores, by the model that found"
                    + " them. If they are a kind of normal that is only rare, train without"
                    + " contamination.")
            + table.html());
  }
}
