package dev.weir.trainer.report;

import dev.weir.model.bundle.LabelledSummary;
import dev.weir.model.bundle.ThresholdBasis;
import dev.weir.trainer.evaluation.PrecisionRecallCurve;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How good the model is on a labelled file. */
final class EvaluationSection {
  private EvaluationSection() {}

  static ReportSection of(
      ThresholdBasis basis, LabelledSummary summary, Optional<PrecisionRecallCurve> curve) {
    Table table =
        Table.facts()
            .fact(
                "File",
                summary.origin()
                    + ", "
                    + Html.count(summary.rows())
                    + " rows, of which "
                    + Html.count(summary.anomalies())
                    + " are anomalous")
            .fact(
                "At any threshold",
                "AUC-PR "
                    + metric(summary.aucPr())
                    + ", AUC-ROC "
                    + metric(summary.aucRoc())
                    + ", VUS-PR "
                    + metric(summary.vusPr()))
            .fact(
                "At the alert threshold",
                "precision "
                    + metric(summary.precision())
                    + ", recall "
                    + metric(summary.recall())
                    + ", F1 "
                    + metric(summary.f1()))
            .fact("Anomalous ranges", found(summary))
            .fact("False alarms", falseAlarms(summary));
    return new ReportSection(
        "labels",
        "On labelled rows",
        Html.paragraph(
                "Point by point, never point-adjusted. The model learned nothing from these rows"
                    + (basis == ThresholdBasis.LABELS
                        ? ", but the threshold was chosen by them: what is said at the threshold is"
                            + " the best case."
                        : "."))
            + table.html()
            + curve.map(points -> chart(points, summary)).orElse(""));
  }

  private static String found(LabelledSummary summary) {
    String text = summary.rangesFound() + " of " + summary.ranges() + " have an alert inside";
    if (summary.medianDelayRows() == null) {
      return text;
    }
    return text
        + "; the first comes "
        + (summary.medianDelayRows() == 0
            ? "with the range's first row"
            : Html.number(summary.medianDelayRows())
                + " rows"
                + (summary.medianDelaySeconds() == null
                    ? ""
                    : " (" + seconds(summary.medianDelaySeconds()) + ")")
                + " after the range begins")
        + " (median)";
  }

  private static String falseAlarms(LabelledSummary summary) {
    if (summary.falseAlarmRate() == null) {
      return "no row is normal";
    }
    return (summary.falseAlarmRate() == 0
            ? "none"
            : Html.odds(summary.falseAlarmRate()) + " normal rows")
        + (summary.falseAlarmsPerDay() == null
            ? ""
            : ", " + Html.number(summary.falseAlarmsPerDay()) + " a day");
  }

  private static String chart(PrecisionRecallCurve curve, LabelledSummary summary) {
    double share = (double) summary.anomalies() / summary.rows();
    return new Chart(
            "Precision by recall; average precision " + metric(summary.aucPr()),
            Chart.Axis.share("recall"),
            Chart.Axis.share("precision"),
            List.of(
                Chart.Series.of(
                    "every threshold",
                    Chart.Style.LINE,
                    Chart.Colour.BLUE,
                    curve.recall(),
                    curve.precision()),
                Chart.Series.of(
                    "the alert threshold",
                    Chart.Style.POINTS,
                    Chart.Colour.RED,
                    one(summary.recall()),
                    one(summary.precision()))),
            List.of(Chart.Mark.atY("chance", share)))
        .figure(
            "Of the rows above a threshold, how many are anomalous (precision), against how many of"
                + " the anomalous rows are above it (recall). The higher the curve, the better; a"
                + " model that knows nothing stays on the line called chance.");
  }

  private static double[] one(Double value) {
    return new double[] {value == null ? Double.NaN : value};
  }

  private static String metric(Double value) {
    return value == null ? "undefined" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String seconds(double seconds) {
    if (seconds < 60) {
      return Html.number(seconds) + " s";
    }
    return seconds < 3600 ? Html.number(seconds / 60) + " min" : Html.number(seconds / 3600) + " h";
  }
}
