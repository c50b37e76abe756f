package dev.weir.cli.inspect;

import dev.weir.cli.console.Numbers;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.CandidateSummary;
import dev.weir.model.bundle.FeatureSummary;
import dev.weir.model.bundle.LabelledSummary;
import dev.weir.model.bundle.LossSummary;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.bundle.MapSummary;
import dev.weir.model.bundle.NotableRow;
import dev.weir.model.bundle.Provenance;
import dev.weir.model.bundle.RateInterval;
import dev.weir.model.bundle.SearchSummary;
import dev.weir.model.bundle.TailFit;
import dev.weir.model.bundle.TrainingSummary;
import dev.weir.model.calibration.ParetoTail;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What a bundle holds, as text: the report's figures, and those of its pictures that letters can
 * draw.
 */
final class BundleText {
  private static final String NONE = "-";

  private final Manifest manifest;
  private final TrainingSummary training;
  private final StringBuilder text = new StringBuilder();

  private BundleText(Manifest manifest) {
    this.manifest = manifest;
    training = manifest.training();
  }

  static String of(Bundle bundle) {
    return new BundleText(bundle.manifest()).write(bundle);
  }

  private String write(Bundle bundle) {
    text.append("weir inspect: ")
        .append(manifest.name())
        .append(' ')
        .append(manifest.version())
        .append(" in ")
        .append(bundle.folder())
        .append(System.lineSeparator());
    summary();
    calibration();
    if (training == null) {
      line("training", "not described: the bundle was written by an older Weir");
    } else {
      if (training.evaluation() != null) {
        evaluation(training.evaluation());
      }
      if (training.search() != null) {
        heading("Search");
        search(training.search());
      }
      if (training.loss() != null && !training.loss().training().isEmpty()) {
        heading("Loss");
        loss(training.loss());
      }
      if (training.map() != null) {
        heading("Self-organising map");
        map(training.map());
      }
      heading("Features");
      text.append(features());
      heading("Highest-scoring training rows");
      training.highestRows().forEach(this::row);
      if (!training.warnings().isEmpty()) {
        heading("Warnings");
        training.warnings().forEach(warning -> list(warning));
      }
    }
    heading("Settings");
    new TreeMap<>(manifest.provenance().hyperparameters())
        .forEach((key, value) -> line(key, String.valueOf(value)));
    heading("Provenance");
    provenance(manifest.provenance());
    return text.toString();
  }

  private void summary() {
    line(
        "model",
        manifest.family()
            + (manifest.window() == 1
                ? ", each row alone"
                : ", windows of " + manifest.window() + " rows")
            + manifest
                .maxGap()
                .map(gap -> ", which begin anew after a gap of " + gap.toSeconds() + " s")
                .orElse("")
            + "; "
            + Numbers.count(manifest.features().width())
            + " features");
    if (training != null) {
      line(
          "history",
          training.origin()
              + ", "
              + Numbers.count(training.rows())
              + " rows"
              + (training.leftOut() == 0
                  ? ""
                  : " (and " + Numbers.count(training.leftOut()) + " left out)")
              + (training.trimmed() == 0
                  ? ""
                  : ", of which " + Numbers.count(training.trimmed()) + " look anomalous: trimmed")
              + (training.from() == null
                  ? ""
                  : ", " + time(training.from()) + " to " + time(training.to()) + " UTC"));
    }
    Provenance provenance = manifest.provenance();
    if (provenance.teacher() != null) {
      line("teacher", provenance.teacher().toString());
    }
    if (provenance.parent() != null) {
      line("from", provenance.parent().toString());
    }
    line(
        "split",
        Numbers.count(provenance.trainingRows())
            + " to train, "
            + Numbers.count(provenance.validationRows())
            + " to validate, "
            + Numbers.count(provenance.calibrationRows())
            + " to calibrate");
    double rate = manifest.threshold().falseAlarmRate();
    Double perDay = training == null ? null : training.alertsPerDay(rate);
    line(
        "threshold",
        "score "
            + Numbers.value(manifest.threshold().score())
            + ", which "
            + Numbers.odds(rate)
            + " normal rows reach"
            + (perDay == null
                ? ""
                : "; at "
                    + Numbers.value(training.rowsPerDay())
                    + " rows a day, about "
                    + Numbers.value(perDay)
                    + " false alarms a day"));
    RateInterval interval = manifest.threshold().interval();
    if (interval != null) {
      boolean daily = perDay != null;
      line(
          "",
          "by the calibration rows alone "
              + Numbers.value(daily ? training.alertsPerDay(interval.low()) : interval.low())
              + " to "
              + Numbers.value(daily ? training.alertsPerDay(interval.high()) : interval.high())
              + (daily ? " a day" : " of normal rows")
              + " (95 % confidence)");
    }
  }

  private void calibration() {
    line(
        "normal scores",
        DoubleStream.of(0.5, 0.9, 0.99, 0.999)
            .mapToObj(
                p ->
                    "p"
                        + Numbers.value(p * 100)
                        + " "
                        + Numbers.value(manifest.calibration().scoreAt(1 - p)))
            .collect(Collectors.joining(", ")));
    ParetoTail tail = manifest.calibration().tail();
    line(
        "tail",
        "generalised Pareto above score "
            + Numbers.value(tail.threshold())
            + ": shape "
            + Numbers.value(tail.shape())
            + ", scale "
            + Numbers.value(tail.scale()));
    TailFit fit = training == null ? null : training.tailFit();
    if (fit != null) {
      line(
          "goodness of fit",
          "Anderson-Darling A² "
              + Numbers.value(fit.andersonDarling())
              + " (p "
              + Numbers.value(fit.pValue())
              + "), Kolmogorov-Smirnov D "
              + Numbers.value(fit.kolmogorovSmirnov())
              + ": "
              + fit.meaning());
    }
  }

  private void evaluation(LabelledSummary evaluation) {
    heading("On labelled rows");
    line(
        "file",
        evaluation.origin()
            + ", "
            + Numbers.count(evaluation.rows())
            + " rows, of which "
            + Numbers.count(evaluation.anomalies())
            + " are anomalous");
    line("auc_roc", metric(evaluation.aucRoc()));
    line("auc_pr", metric(evaluation.aucPr()));
    line("vus_pr", metric(evaluation.vusPr()));
    line("precision", metric(evaluation.precision()));
    line("recall", metric(evaluation.recall()));
    line("f1", metric(evaluation.f1()));
    line(
        "false alarms",
        metric(evaluation.falseAlarmRate())
            + " of the normal rows"
            + (evaluation.falseAlarmsPerDay() == null
                ? ""
                : ", " + Numbers.value(evaluation.falseAlarmsPerDay()) + " a day"));
    line(
        "ranges found",
        evaluation.rangesFound()
            + " of "
            + evaluation.ranges()
            + (evaluation.medianDelayRows() == null
                ? ""
                : ", after " + Numbers.value(evaluation.medianDelayRows()) + " rows (median)"));
  }

  private void search(SearchSummary search) {
    line(
        "judged by",
        search.criterion().label()
            + " of "
            + Numbers.count(search.normalRows())
            + " validation rows against "
            + Numbers.count(search.madeUpRows())
            + " anomalies made of them");
    for (CandidateSummary candidate : search.candidates()) {
      list(
          candidate.name()
              + ": "
              + switch (candidate.state()) {
                case JUDGED -> metric(candidate.value()) + (candidate.chosen() ? ", kept" : "");
                case FAILED -> "failed: " + candidate.reason();
                case WAITING, FITTING, NOT_TRIED -> "not tried: the time was spent";
              });
    }
  }

  private void loss(LossSummary loss) {
    line("training", curve(loss.training()));
    line("validation", curve(loss.validation()));
    line(
        "epochs",
        loss.training().size()
            + " of at most "
            + loss.atMost()
            + (loss.kept() == null
                ? "; kept is what the training began with"
                : "; kept is epoch " + loss.kept()));
  }

  /** From its highest to its lowest, so that two curves of different size can both be seen. */
  private static String curve(List<Double> losses) {
    return Numbers.value(losses.get(0))
        + " "
        + TextPlate.line(losses, Collections.min(losses), Collections.max(losses))
        + " "
        + Numbers.value(losses.get(losses.size() - 1));
  }

  private void map(MapSummary map) {
    line("grid", map.grid() + ", " + map.rows() + " × " + map.columns());
    line(
        "quantisation",
        "error "
            + Numbers.value(map.trainingError())
            + " in training, "
            + Numbers.value(map.validationError())
            + " in validation");
    line(
        "topographic",
        "error "
            + Numbers.percent(map.trainingDisorder())
            + " in training, "
            + Numbers.percent(map.validationDisorder())
            + " in validation");
    if (map.hits().isEmpty()) {
      line("pictures", "in the report: there are too many cells for this one");
      return;
    }
    list("U-matrix: how far each cell is from those beside it; what is dark is a wall");
    plate(TextPlate.grid(map.distances(), map.rows(), map.columns()));
    list("hits: how many training rows each cell won");
    plate(TextPlate.grid(map.hits(), map.rows(), map.columns()));
    list("what each cell expects of each feature: in the report");
  }

  private void plate(List<String> lines) {
    for (String line : lines) {
      text.append("    |").append(line).append('|').append(System.lineSeparator());
    }
  }

  private String features() {
    TextTable table =
        new TextTable(
            List.of(
                "",
                "explained",
                "residual",
                "mean",
                "deviation",
                "minimum",
                "median",
                "maximum",
                "missing"));
    for (FeatureSummary feature : training.features()) {
      table.row(
          List.of(
              feature.name(),
              feature.determination() == null
                  ? NONE
                  : String.format(Locale.ROOT, "%.2f", feature.determination()),
              number(feature.residualDeviation()),
              number(feature.mean()),
              number(feature.deviation()),
              number(feature.minimum()),
              number(feature.median()),
              number(feature.maximum()),
              Numbers.count(feature.missing())));
    }
    return table.text();
  }

  private void row(NotableRow row) {
    list(
        "row "
            + Numbers.count(row.row())
            + (row.time() == null ? "" : ", " + time(row.time()))
            + (row.key() == null ? "" : ", " + row.key())
            + ": score "
            + Numbers.value(row.score())
            + ", "
            + Numbers.odds(row.probability())
            + " normal rows; "
            + row.parts().stream()
                .map(
                    part ->
                        part.feature()
                            + " "
                            + number(part.value())
                            + " where "
                            + number(part.expected())
                            + " was expected ("
                            + Numbers.percent(part.share())
                            + ")")
                .collect(Collectors.joining(", ")));
  }

  private void provenance(Provenance provenance) {
    line("trained", provenance.createdAt().toString());
    line("data fingerprint", provenance.dataFingerprint());
    line("model checksum", manifest.modelSha256());
    line("seed", Long.toString(provenance.seed()));
    for (Map.Entry<String, String> library : new TreeMap<>(provenance.libraries()).entrySet()) {
      line(library.getKey(), library.getValue());
    }
  }

  private void heading(String name) {
    text.append(name).append(System.lineSeparator());
  }

  private void list(String item) {
    text.append("  - ").append(item).append(System.lineSeparator());
  }

  private void line(String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-18s%s%n", name, value));
  }

  private static String number(Double value) {
    return value == null ? NONE : Numbers.value(value);
  }

  private static String metric(Double value) {
    return value == null ? "undefined" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace("T", " ").replace("Z", "");
  }
}
