package dev.weir.cli.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.console.Numbers;
import dev.weir.cli.evaluate.Evaluation;
import java.util.Locale;
import java.util.function.Function;

/** A comparison as text and as JSON. A figure that is undefined is null in JSON. */
public final class ComparisonReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UNDEFINED = "undefined";

  private ComparisonReport() {}

  /** For people. */
  public static String text(String data, Comparison comparison) {
    StringBuilder text = new StringBuilder();
    text.append("weir compare: old ")
        .append(name(comparison.before()))
        .append(", new ")
        .append(name(comparison.after()))
        .append(" on ")
        .append(data)
        .append(System.lineSeparator());
    line(text, "rows", Numbers.count(comparison.rows()) + " that both score", "");
    line(text, "", "old", "new");
    sides(text, comparison, "threshold", s -> Numbers.value(s.manifest().threshold().score()));
    sides(text, comparison, "alerts", s -> Numbers.count(s.evaluation().alerts()));
    sides(text, comparison, "share of the rows", s -> share(s.alertRate()));
    sides(text, comparison, "share asked", s -> share(s.manifest().threshold().falseAlarmRate()));
    if (comparison.before().evaluation().labelled().isPresent()) {
      labelled(text, comparison, "auc_roc", l -> l.ranking().rocAuc());
      labelled(text, comparison, "auc_pr", l -> l.ranking().averagePrecision());
      labelled(text, comparison, "vus_pr", l -> l.volume().pr());
      labelled(text, comparison, "precision", l -> l.atThreshold().precision());
      labelled(text, comparison, "recall", l -> l.atThreshold().recall());
      labelled(text, comparison, "f1", l -> l.atThreshold().f1());
      labelled(text, comparison, "false_alarm_rate", l -> l.atThreshold().falseAlarmRate());
    }
    line(
        text,
        "alerts of both",
        Numbers.count(comparison.both())
            + " (Jaccard "
            + metric(comparison.jaccard())
            + " of all alerts)",
        "");
    difference(text, "only old", comparison.onlyBefore(), comparison);
    difference(text, "only new", comparison.onlyAfter(), comparison);
    line(
        text,
        "correlation",
        "Spearman "
            + metric(comparison.spearman())
            + " of the scores, Pearson "
            + metric(comparison.pearsonLogP())
            + " of log p",
        "");
    line(text, "verdict", Verdict.of(comparison), "");
    return text.toString();
  }

  private static void sides(
      StringBuilder text,
      Comparison comparison,
      String name,
      Function<Comparison.Side, String> figure) {
    line(text, name, figure.apply(comparison.before()), figure.apply(comparison.after()));
  }

  private static void labelled(
      StringBuilder text,
      Comparison comparison,
      String name,
      Function<Evaluation.Labelled, Double> figure) {
    sides(
        text,
        comparison,
        name,
        side -> side.evaluation().labelled().map(figure).map(ComparisonReport::metric).orElse(""));
  }

  private static void difference(
      StringBuilder text, String name, Comparison.Difference difference, Comparison comparison) {
    boolean labelled = comparison.before().evaluation().labelled().isPresent();
    line(
        text,
        name,
        Numbers.count(difference.count())
            + (labelled && difference.count() > 0
                ? ", of which " + Numbers.count(difference.anomalies()) + " are anomalous"
                : ""),
        "");
    for (Comparison.Example example : difference.examples()) {
      line(
          text,
          "",
          "row "
              + Numbers.count(example.row())
              + ": old "
              + Numbers.odds(example.before())
              + ", new "
              + Numbers.odds(example.after())
              + " normal rows score as high",
          "");
    }
  }

  /** For programs. */
  public static String json(Comparison comparison) {
    ObjectNode node = JSON.createObjectNode();
    node.put("rows", comparison.rows());
    side(node.putObject("old"), comparison.before());
    side(node.putObject("new"), comparison.after());
    node.put("alerts_of_both", comparison.both());
    difference(node.putObject("only_old"), comparison.onlyBefore());
    difference(node.putObject("only_new"), comparison.onlyAfter());
    put(node, "jaccard", comparison.jaccard());
    put(node, "spearman", comparison.spearman());
    put(node, "pearson_log_p", comparison.pearsonLogP());
    node.put("verdict", Verdict.of(comparison));
    return node.toPrettyString() + "\n";
  }

  private static void side(ObjectNode node, Comparison.Side side) {
    node.put("name", side.manifest().name());
    node.put("version", side.manifest().version());
    node.put("threshold", side.manifest().threshold().score());
    node.put("alerts", side.evaluation().alerts());
    node.put("alert_rate", side.alertRate());
    node.put("asked_rate", side.manifest().threshold().falseAlarmRate());
    side.evaluation()
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
  }

  private static void difference(ObjectNode node, Comparison.Difference difference) {
    node.put("count", difference.count());
    node.put("anomalies", difference.anomalies());
    ArrayNode examples = node.putArray("examples");
    for (Comparison.Example example : difference.examples()) {
      examples
          .addObject()
          .put("row", example.row())
          .put("old_p", example.before())
          .put("new_p", example.after());
    }
  }

  private static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }

  private static String name(Comparison.Side side) {
    return side.manifest().name() + " " + side.manifest().version();
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.3f %%", 100 * share);
  }

  private static String metric(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : UNDEFINED;
  }

  private static void line(StringBuilder text, String name, String first, String second) {
    String line = String.format(Locale.ROOT, "  %-18s%-14s%s", name, first, second);
    text.append(line.stripTrailing()).append(System.lineSeparator());
  }
}
