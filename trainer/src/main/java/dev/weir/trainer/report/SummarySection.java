package dev.weir.trainer.report;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.bundle.RateInterval;
import dev.weir.model.bundle.ThresholdBasis;
import dev.weir.model.bundle.TrainingSummary;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the model learned from, and when it raises an alert. */
final class SummarySection {
  private SummarySection() {}

  static ReportSection of(ReportData data) {
    Manifest manifest = data.manifest();
    TrainingSummary training = data.training();
    var provenance = manifest.provenance();
    Table table =
        Table.facts()
            .fact(
                "Model",
                manifest.family()
                    + (manifest.window() == 1
                        ? ", each row alone"
                        : ", windows of " + manifest.window() + " rows")
                    + manifest
                        .maxGap()
                        .map(gap -> ", which begin anew after a gap of " + gap.toSeconds() + " s")
                        .orElse(""))
            .fact("History", training.origin() + ", " + rows(training.rows()) + span(training))
            .fact(
                "Split",
                Html.count(provenance.trainingRows())
                    + " to train, "
                    + Html.count(provenance.validationRows())
                    + " to validate, "
                    + Html.count(provenance.calibrationRows())
                    + " to calibrate, in the order of time");
    if (training.leftOut() > 0) {
      table.fact("Left out", rows(training.leftOut()) + " that could not be used");
    }
    table.fact("Features", Html.count(manifest.features().width()));
    if (training.trimmed() > 0) {
      table.fact("Trimmed", rows(training.trimmed()) + " that look anomalous");
    }
    table.fact("Alert threshold", threshold(manifest.threshold(), training));
    return new ReportSection("summary", "Summary", table.html());
  }

  private static String threshold(AlertThreshold threshold, TrainingSummary training) {
    double rate = threshold.falseAlarmRate();
    Double perDay = training.alertsPerDay(rate);
    return "score "
        + Html.number(threshold.score())
        + basis(threshold.basis())
        + ", which "
        + Html.odds(rate)
        + " normal rows reach"
        + (perDay == null
            ? ""
            : "; at "
                + Html.number(training.rowsPerDay())
                + " rows a day, about "
                + Html.number(perDay)
                + " false alarms a day")
        + interval(threshold.interval(), training);
  }

  /** The interval's bounds are the calibration rows' own; a rate from the tail may lie outside. */
  private static String interval(RateInterval interval, TrainingSummary training) {
    if (interval == null) {
      return "";
    }
    Double low = training.alertsPerDay(interval.low());
    return low == null
        ? "; by the calibration rows alone "
            + Html.number(interval.low())
            + " to "
            + Html.number(interval.high())
            + " of normal rows (95 % confidence)"
        : "; by the calibration rows alone "
            + Html.number(low)
            + " to "
            + Html.number(training.alertsPerDay(interval.high()))
            + " a day (95 % confidence)";
  }

  private static String basis(ThresholdBasis basis) {
    return switch (basis) {
      case FALSE_ALARM_RATE -> "";
      case QUANTILE -> " (a quantile of the calibration scores)";
      case MAD -> " (so many median absolute deviations above the median)";
      case VALUE -> " (as set)";
      case LABELS -> " (best F1 on labelled rows)";
    };
  }

  private static String rows(long count) {
    return Html.count(count) + (count == 1 ? " row" : " rows");
  }

  private static String span(TrainingSummary training) {
    return training.from() == null
        ? ""
        : ", " + time(training.from()) + " to " + time(training.to()) + " UTC";
  }

  /** To the second, without letters. */
  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace("T", " ").replace("Z", "");
  }
}
