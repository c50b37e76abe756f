package dev.weir.cli.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.console.Numbers;
import dev.weir.model.bundle.Bundle;
import java.util.Locale;
import java.util.Map;

/**
 * An evaluation as text and as JSON. A figure that is undefined is "undefined", and null in JSON.
 */
public final class EvaluationReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EvaluationReport() {}

  /** With the keys rows, warming_up, threshold, alerts and, with labels, the metrics. */
  public static String json(Evaluation evaluation) {
    ObjectNode node = JSON.createObjectNode();
    node.put("rows", evaluation.rows());
    node.put("warming_up", evaluation.warmingUp());
    node.put("threshold", evaluation.threshold().score());
    node.put("alerts", evaluation.alerts());
    evaluation
        .labelled()
        .ifPresent(
            labelled -> {
              put(node, "auc_roc", labelled.ranking().rocAuc());
              put(node, "auc_pr", labelled.ranking().averagePrecision());
              put(node, "vus_pr", labelled.volume().pr());
              put(node, "precision", labelled.atThreshold().precision());
              put(node, "recall", labelled.atThreshold().recall());
              put(node, "f1", labelled.atThreshold().f1());
              put(node, "false_alarm_rate", labelled.atThreshold().falseAlarmRate());
            });
    return node.toPrettyString() + "\n";
  }

  private static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }

  public static String text(Bundle bundle, String data, Evaluation evaluation) {
    StringBuilder text = new StringBuilder();
    text.append("weir evaluate: ")
        .append(bundle.manifest().name())
        .append(' ')
        .append(bundle.manifest().version())
        .append(" on ")
        .append(data)
        .append('\n');
    line(
        text,
        "rows",
        Numbers.count(evaluation.rows())
            + (evaluation.leftOut() == 0
                ? ""
                : " (and " + Numbers.count(evaluation.leftOut()) + " without any value, left out)")
            + (evaluation.warmingUp() == 0
                ? ""
                : " (and "
                    + Numbers.count(evaluation.warmingUp())
                    + " without a score, before their key's window was full)"));
    StringBuilder quantiles = new StringBuilder();
    for (Map.Entry<Double, Double> quantile : evaluation.quantiles().entrySet()) {
      quantiles
          .append(quantiles.isEmpty() ? "" : ", ")
          .append(quantileName(quantile.getKey()))
          .append(' ')
          .append(Numbers.value(quantile.getValue()));
    }
    line(text, "scores", quantiles.toString());
    line(
        text,
        "threshold",
        Numbers.value(evaluation.threshold().score())
            + " (asked: "
            + Numbers.odds(evaluation.threshold().falseAlarmRate())
            + " normal records)");
    line(
        text,
        "alerts",
        Numbers.count(evaluation.alerts())
            + " ("
            + String.format(Locale.ROOT, "%.2f", 100.0 * evaluation.alerts() / evaluation.rows())
            + " % of the rows)");
    evaluation.labelled().ifPresent(labelled -> append(text, labelled));
    return text.toString();
  }

  private static void append(StringBuilder text, Evaluation.Labelled labelled) {
    line(text, "anomalies", Numbers.count(labelled.anomalies()) + " labelled rows");
    line(text, "auc_roc", metric(labelled.ranking().rocAuc()));
    line(text, "auc_pr", metric(labelled.ranking().averagePrecision()));
    line(text, "vus_pr", metric(labelled.volume().pr()) + " (window " + labelled.window() + ")");
    line(text, "precision", metric(labelled.atThreshold().precision()));
    line(text, "recall", metric(labelled.atThreshold().recall()));
    line(text, "f1", metric(labelled.atThreshold().f1()));
    line(text, "false_alarm_rate", metric(labelled.atThreshold().falseAlarmRate()));
  }

  private static String quantileName(double probability) {
    return probability == 1
        ? "max"
        : "p" + String.format(Locale.ROOT, "%.1f", probability * 100).replaceAll("\\.0$", "");
  }

  private static String metric(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "undefined";
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-18s%s%n", name, value));
  }
}
