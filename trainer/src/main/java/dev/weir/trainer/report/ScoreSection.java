package dev.weir.trainer.report;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.bundle.TailFit;
import dev.weir.model.calibration.Calibration;
import dev.weir.model.calibration.ParetoTail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** The scores of held-out normal rows: how they are spread, and what threshold follows. */
final class ScoreSection {
  private ScoreSection() {}

  static ReportSection of(ReportData data) {
    Manifest manifest = data.manifest();
    double[] sorted = data.calibrationScores().clone();
    Arrays.sort(sorted);
    ScoreCharts charts = new ScoreCharts(manifest, sorted);
    return new ReportSection(
        "scores",
        "Scores and threshold",
        Html.paragraph(
                "From "
                    + Html.count(sorted.length)
                    + " rows of the newest history, which the model never saw. They are taken for"
                    + " normal; what they score, normal rows will score. An alert is raised at or"
                    + " above the threshold.")
            + "<div class='charts'>\n"
            + charts.histogram()
            + charts.exceedance()
            + charts.quantiles()
            + "</div>\n"
            + fit(data.training().tailFit(), manifest.calibration().tail())
            + rates(data));
  }

  private static String fit(TailFit fit, ParetoTail tail) {
    Table table =
        Table.facts()
            .fact(
                "Fitted tail",
                "generalised Pareto above score "
                    + Html.number(tail.threshold())
                    + ": shape "
                    + Html.number(tail.shape())
                    + ", scale "
                    + Html.number(tail.scale())
                    + shape(tail));
    if (fit == null) {
      return table
          .fact("Goodness of fit", "too few scores lie above the tail's start to say")
          .html();
    }
    return table
        .fact(
            "Goodness of fit",
            "Anderson-Darling A² "
                + Html.number(fit.andersonDarling())
                + " (p "
                + Html.number(fit.pValue())
                + "), Kolmogorov-Smirnov D "
                + Html.number(fit.kolmogorovSmirnov())
                + ", on "
                + Html.count(fit.excesses())
                + " scores: "
                + fit.meaning())
        .html();
  }

  private static String shape(ParetoTail tail) {
    if (tail.shape() >= 0) {
      return "";
    }
    return "; it ends at score " + Html.number(tail.threshold() - tail.scale() / tail.shape());
  }

  /** What other thresholds would mean. */
  private static String rates(ReportData data) {
    Manifest manifest = data.manifest();
    Calibration calibration = manifest.calibration();
    double asked = manifest.threshold().falseAlarmRate();
    TreeSet<Double> rates = new TreeSet<>(List.of(1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6));
    rates.add(asked);
    boolean daily = data.training().rowsPerDay() != null;
    List<String> columns = new ArrayList<>(List.of("false-alarm rate", "threshold"));
    if (daily) {
      columns.add("false alarms a day");
    }
    columns.add("rests on");
    Table table = Table.numbers("What other false-alarm rates would mean", columns);
    for (double rate : rates.descendingSet()) {
      List<String> cells = new ArrayList<>();
      cells.add(Html.odds(rate) + (rate == asked ? " <b>(set)</b>" : ""));
      cells.add(
          Html.number(rate == asked ? manifest.threshold().score() : calibration.scoreAt(rate)));
      if (daily) {
        cells.add(Html.number(data.training().alertsPerDay(rate)));
      }
      cells.add(ground(rate, calibration));
      table.row(cells);
    }
    String explanation =
        Html.paragraph(
            "Counting is sure; the fitted tail is as good as its fit; beyond the highest of the "
                + Html.count(calibration.sampleSize())
                + " scores there is the tail alone.");
    return "<h3>What other false-alarm rates would mean</h3>\n" + explanation + table.html();
  }

  private static String ground(double rate, Calibration calibration) {
    if (rate > calibration.tail().exceedanceRate()) {
      return "counting";
    }
    return rate * calibration.sampleSize() >= 1 ? "the fitted tail" : "the tail alone";
  }
}
