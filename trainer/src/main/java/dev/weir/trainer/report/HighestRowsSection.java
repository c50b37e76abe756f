package dev.weir.trainer.report;

import dev.weir.model.bundle.NotableRow;
import java.util.ArrayList;
import java.util.List;

/** The training rows that the model finds oddest. */
final class HighestRowsSection {
  private HighestRowsSection() {}

  static ReportSection of(List<NotableRow> rows) {
    boolean timed = rows.stream().anyMatch(row -> row.time() != null);
    boolean keyed = rows.stream().anyMatch(row -> row.key() != null);
    List<String> columns = new ArrayList<>(List.of("row"));
    if (timed) {
      columns.add("time (UTC)");
    }
    if (keyed) {
      columns.add("key");
    }
    columns.addAll(List.of("score", "normal rows", "because of"));
    Table table = Table.blocks(columns);
    for (NotableRow row : rows) {
      List<String> cells = new ArrayList<>(List.of(Html.count(row.row())));
      if (timed) {
        cells.add(row.time() == null ? Html.NONE : SummarySection.time(row.time()));
      }
      if (keyed) {
        cells.add(row.key() == null ? Html.NONE : Html.escape(row.key()));
      }
      cells.add(Html.number(row.score()));
      cells.add(Html.odds(row.probability()));
      cells.add(parts(row.parts()));
      table.row(cells);
    }
    return new ReportSection(
        "highest-rows",
        "Highest-scoring training rows",
        Html.paragraph(
                "The rows of the training part that are least like the rest, with the features that"
                    + " added most to their scores. If these are incidents, leave them out of the"
                    + " history and train again: what a model learned from, it finds normal. Rows"
                    + " are counted from the oldest; normal rows says how many of those the"
                    + " calibration would expect to score as high.")
            + table.html());
  }

  private static String parts(List<NotableRow.Part> parts) {
    StringBuilder html = new StringBuilder("<ul class='parts'>");
    for (NotableRow.Part part : parts) {
      html.append("<li>")
          .append(Html.bar(part.share()))
          .append("<b>")
          .append(Html.escape(part.feature()))
          .append("</b> ")
          .append(part.value() == null ? "missing" : Html.number(part.value()))
          .append(", expected ")
          .append(Html.number(part.expected()))
          .append(" <span class='soft'>(")
          .append(Html.percent(part.share()))
          .append(")</span></li>");
    }
    return html.append("</ul>").toString();
  }
}
