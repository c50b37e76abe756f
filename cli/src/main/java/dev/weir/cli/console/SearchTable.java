package dev.weir.cli.console;

import dev.weir.model.bundle.CandidateState;
import dev.weir.model.bundle.CandidateSummary;
import dev.weir.trainer.network.CandidateReport;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The candidates of a search, as lines of text. */
final class SearchTable {
  /** So that no line is wider than a terminal, and breaks. */
  private static final int WIDEST_NAME = 48;

  private SearchTable() {}

  /** All candidates under a heading; the best so far has a star. */
  static List<String> lines(List<CandidateReport> reports) {
    String heading = String.format(Locale.ROOT, "    %-48s %12s  %s", "model", "time", "criterion");
    return Stream.concat(Stream.of(heading), reports.stream().map(SearchTable::row)).toList();
  }

  private static String row(CandidateReport report) {
    CandidateSummary candidate = report.candidate();
    String name = candidate.name();
    String shortened =
        name.length() <= WIDEST_NAME ? name : name.substring(0, WIDEST_NAME - 1) + "…";
    return String.format(
        Locale.ROOT,
        "  %s %-48s %12s  %s",
        candidate.chosen() ? "*" : " ",
        shortened,
        ended(candidate) ? Numbers.duration(report.took()) : "",
        result(candidate));
  }

  /** A candidate on a line of its own, once it has ended. */
  static String line(int number, int of, CandidateReport report) {
    CandidateSummary candidate = report.candidate();
    return String.format(
        Locale.ROOT,
        "  %d/%d %s: %s%s%s",
        number,
        of,
        candidate.name(),
        result(candidate),
        ended(candidate) ? " in " + Numbers.duration(report.took()) : "",
        candidate.chosen() ? ", the best so far" : "");
  }

  /** Whether nothing more will become of a candidate. */
  static boolean isOver(CandidateReport report) {
    return ended(report.candidate()) || report.candidate().state() == CandidateState.NOT_TRIED;
  }

  private static boolean ended(CandidateSummary candidate) {
    return candidate.state() == CandidateState.JUDGED || candidate.state() == CandidateState.FAILED;
  }

  private static String result(CandidateSummary candidate) {
    return switch (candidate.state()) {
      case WAITING -> "";
      case FITTING -> "…";
      case JUDGED -> String.format(Locale.ROOT, "%.4f", candidate.value());
      case FAILED -> "failed";
      case NOT_TRIED -> "not tried";
    };
  }
}
