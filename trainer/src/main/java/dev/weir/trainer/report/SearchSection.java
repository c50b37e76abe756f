package dev.weir.trainer.report;

import dev.weir.model.bundle.CandidateSummary;
import dev.weir.model.bundle.SearchSummary;
import java.util.List;
import java.util.Locale;

/** Which models were tried, and how they compared. */
final class SearchSection {
  private SearchSection() {}

  static ReportSection of(SearchSummary search) {
    Table table = Table.numbers("Models", List.of("model", search.criterion().label(), "result"));
    for (CandidateSummary candidate : search.candidates()) {
      table.row(
          List.of(
              Html.escape(candidate.name()),
              candidate.value() == null
                  ? Html.NONE
                  : String.format(Locale.ROOT, "%.4f", candidate.value()),
              result(candidate)));
    }
    return new ReportSection(
        "search",
        "Search",
        Html.paragraph(
                "The models that were tried, each fitted on the training part, and how well they"
                    + " tell "
                    + Html.count(search.normalRows())
                    + " rows of the validation part from "
                    + Html.count(search.madeUpRows())
                    + " anomalies made of these: with features of other rows, moved, or stretched,"
                    + " and, where windows were tried, of another moment or level. The"
                    + " best was kept; labels took no part. Differences in the third decimal say"
                    + " little, and how well a model finds real anomalies, only real ones show.")
            + table.html());
  }

  private static String result(CandidateSummary candidate) {
    return switch (candidate.state()) {
      case JUDGED -> candidate.chosen() ? "kept" : "";
      case FAILED -> "failed, see Warnings";
      case WAITING, FITTING, NOT_TRIED -> "not tried: the time was spent";
    };
  }
}
