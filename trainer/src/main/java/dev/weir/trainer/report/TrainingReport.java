package dev.weir.trainer.report;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.calibration.Calibration;
import dev.weir.trainer.data.ColumnStatistics;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.family.FittedModel;
import dev.weir.trainer.network.EpochReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A bundle's {@code report.html}: one page that needs nothing from the network. */
public final class TrainingReport {
  private TrainingReport() {}

  /**
   * Writes the page.
   *
   * @param warnings what the user was told of the training, in its order
   */
  public static String html(
      Manifest manifest,
      History history,
      TimeSplit split,
      FittedModel model,
      List<String> warnings) {
    return resource("report.html")
        .replace("{{title}}", escape(manifest.name() + " " + manifest.version()))
        .replace("{{summary}}", summary(manifest, history))
        .replace("{{warnings}}", warnings(warnings))
        .replace("{{loss}}", loss(model.epochs()))
        .replace("{{calibration}}", calibration(manifest))
        .replace("{{features}}", features(manifest, history, split))
        .replace("{{provenance}}", provenance(manifest));
  }

  private static String summary(Manifest manifest, History history) {
    Calibration calibration = manifest.calibration();
    double rate = manifest.threshold().falseAlarmRate();
    return rows(
        List.of(
            Map.entry("Model", manifest.name() + ", " + manifest.family()),
            Map.entry("History", history.origin() + ", " + count(history.rows().count()) + " rows"),
            Map.entry("Left out", count(history.rejected()) + " records"),
            Map.entry("Features", count(manifest.features().width())),
            Map.entry(
                "Alert threshold",
                "score "
                    + Svg.number(manifest.threshold().score())
                    + ": a normal record reaches it with probability "
                    + Svg.number(rate)
                    + ", once in "
                    + count(Math.round(1 / rate))
                    + " records"),
            Map.entry(
                "Tail",
                "generalised Pareto above score "
                    + Svg.number(calibration.tail().threshold())
                    + ": shape "
                    + Svg.number(calibration.tail().shape())
                    + ", scale "
                    + Svg.number(calibration.tail().scale())
                    + ", fitted on "
                    + count(
                        Math.round(calibration.tail().exceedanceRate() * calibration.sampleSize()))
                    + " excesses")));
  }

  private static String warnings(List<String> warnings) {
    StringBuilder html = new StringBuilder();
    for (String warning : warnings) {
      html.append("<li>").append(escape(warning)).append("</li>\n");
    }
    return html.isEmpty() ? "" : "<h2>Warnings</h2>\n<ul>\n" + html + "</ul>\n";
  }

  private static String loss(List<EpochReport> epochs) {
    double[] x = epochs.stream().mapToDouble(EpochReport::epoch).toArray();
    return Svg.chart(
        "Loss by epoch",
        new Svg.Axis("epoch", false),
        new Svg.Axis("mean squared error", true),
        List.of(
            new Svg.Line(
                "training", "line", x, epochs.stream().mapToDouble(EpochReport::loss).toArray()),
            new Svg.Line(
                "validation",
                "line2",
                x,
                epochs.stream().mapToDouble(EpochReport::validationLoss).toArray())),
        List.of());
  }

  private static String calibration(Manifest manifest) {
    Calibration calibration = manifest.calibration();
    double rate = manifest.threshold().falseAlarmRate();
    double lowest = Math.min(rate / 10, 1e-5);
    int points = 200;
    double[] scores = new double[points];
    double[] probabilities = new double[points];
    for (int i = 0; i < points; i++) {
      probabilities[i] = 0.999 * Math.pow(lowest / 0.999, (double) i / (points - 1));
      scores[i] = calibration.scoreAt(probabilities[i]);
    }
    return Svg.chart(
        "How often normal records score so high",
        new Svg.Axis("score", true),
        new Svg.Axis("probability", true),
        List.of(new Svg.Line("probability", "line", scores, probabilities)),
        List.of(
            new Svg.Mark("tail", calibration.tail().threshold()),
            new Svg.Mark("threshold", manifest.threshold().score())));
  }

  private static String features(Manifest manifest, History history, TimeSplit split) {
    StringBuilder html = new StringBuilder();
    for (int j = 0; j < manifest.features().width(); j++) {
      ColumnStatistics column = ColumnStatistics.of(split.training(), j);
      html.append("<tr><td>").append(escape(manifest.features().names().get(j))).append("</td>");
      for (double value :
          new double[] {
            column.mean(), column.deviation(), column.minimum(), column.median(), column.maximum()
          }) {
        html.append("<td>").append(Svg.number(value)).append("</td>");
      }
      html.append("<td>").append(count(column.missing())).append("</td><td>");
      html.append(remark(history, j, column)).append("</td></tr>\n");
    }
    return html.toString();
  }

  private static String remark(History history, int column, ColumnStatistics statistics) {
    if (history.isLostInSinglePrecision(column)) {
      return "lost in single precision";
    }
    return statistics.isConstant() ? "constant" : "";
  }

  private static String provenance(Manifest manifest) {
    var provenance = manifest.provenance();
    return rows(
        List.of(
            Map.entry("Trained", provenance.createdAt().toString()),
            Map.entry(
                "Rows",
                count(provenance.trainingRows())
                    + " to train, "
                    + count(provenance.validationRows())
                    + " to validate, "
                    + count(provenance.calibrationRows())
                    + " to calibrate"),
            Map.entry("Data fingerprint", provenance.dataFingerprint()),
            Map.entry("Model checksum", manifest.modelSha256()),
            Map.entry("Settings", provenance.hyperparameters().toString()),
            Map.entry("Seed", Long.toString(provenance.seed())),
            Map.entry("Libraries", provenance.libraries().toString())));
  }

  private static String rows(List<Map.Entry<String, String>> entries) {
    StringBuilder html = new StringBuilder();
    for (Map.Entry<String, String> entry : entries) {
      html.append("<tr><th>")
          .append(escape(entry.getKey()))
          .append("</th><td>")
          .append(escape(entry.getValue()))
          .append("</td></tr>\n");
    }
    return html.toString();
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String resource(String name) {
    try (InputStream stream = TrainingReport.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
