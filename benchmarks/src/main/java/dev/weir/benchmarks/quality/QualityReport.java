package dev.weir.benchmarks.quality;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.benchmarks.data.ReferenceFigures;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The results as tables and as JSON, beside the figures of the reference. */
final class QualityReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEAN = "mean";

  private final QualityResults results;
  private final ReferenceFigures references;

  QualityReport(QualityResults results, ReferenceFigures references) {
    this.results = results;
    this.references = references;
  }

  /** A table for each set and metric: our families first, then the reference. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (QualitySet set : results.sets()) {
      for (Metric metric : set.metrics()) {
        table(text, set, metric);
      }
      times(text, set);
    }
    return text.toString();
  }

  private void table(StringBuilder text, QualitySet set, Metric metric) {
    List<String> detectors = detectors(set, metric);
    List<String> series = results.series(set);
    int names = Math.max(12, series.stream().mapToInt(String::length).max().orElse(0));
    text.append(
        String.format(
            Locale.ROOT,
            "%n%s: %s%s, mean of seeds %s%n",
            set.key(),
            metric.title(),
            set.isTabular() ? " in percent" : "",
            results.seeds().stream().map(String::valueOf).collect(Collectors.joining(", "))));
    text.append(" ".repeat(names));
    results.families().forEach(family -> text.append("  ").append(padded(family, width(family))));
    if (!detectors.isEmpty()) {
      text.append("  | reference:");
      detectors.forEach(name -> text.append("  ").append(padded(name, width(name))));
    }
    text.append('\n');
    for (String one : series) {
      row(text, set, metric, one, names);
    }
    if (series.size() > 1) {
      row(text, set, metric, MEAN, names);
    }
  }

  private void row(StringBuilder text, QualitySet set, Metric metric, String series, int names) {
    text.append(String.format(Locale.ROOT, "%-" + names + "s", series));
    for (String family : results.families()) {
      text.append("  ")
          .append(padded(number(set, our(set, series, family, metric)), width(family)));
    }
    List<String> detectors = detectors(set, metric);
    if (!detectors.isEmpty()) {
      text.append("  |           ");
      for (String name : detectors) {
        text.append("  ")
            .append(padded(number(set, theirs(set, series, name, metric)), width(name)));
      }
    }
    text.append('\n');
  }

  private void times(StringBuilder text, QualitySet set) {
    for (String family : results.families()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s, %s: %.1f s of training, %.1f s of scoring%n",
              set.key(),
              family,
              seconds(results.total(set, family, Outcome::fit)),
              seconds(results.total(set, family, Outcome::score))));
    }
  }

  private double our(QualitySet set, String series, String family, Metric metric) {
    return series.equals(MEAN)
        ? results.mean(set, family, metric)
        : results.mean(set, series, family, metric);
  }

  private double theirs(QualitySet set, String series, String detector, Metric metric) {
    if (series.equals(MEAN)) {
      return QualityResults.mean(
          results.series(set).stream().map(one -> theirs(set, one, detector, metric)).toList());
    }
    return references.figure(series, metric.key(), detector).orElse(Double.NaN);
  }

  /** Those of the reference that have a figure of some series here. */
  private List<String> detectors(QualitySet set, Metric metric) {
    return references.detectors(set.isTabular()).stream()
        .filter(
            name ->
                results.series(set).stream()
                    .map(series -> references.figure(series, metric.key(), name))
                    .anyMatch(OptionalDouble::isPresent))
        .toList();
  }

  private static int width(String heading) {
    return Math.max(7, heading.length());
  }

  private static String padded(String value, int width) {
    return String.format(Locale.ROOT, "%" + width + "s", value);
  }

  private static String number(QualitySet set, double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    boolean share = !set.isTabular() && set != QualitySet.NAB;
    return String.format(Locale.ROOT, share ? "%.4f" : "%.2f", value);
  }

  /**
   * Flat keys: {@code set_series_family_metric}, {@code set_family_metric_mean}, {@code
   * set_family_fit_seconds}, {@code set_family_score_seconds}, and {@code
   * reference_set_detector_metric_mean}. A figure that does not exist is null.
   */
  String json() {
    ObjectNode node = JSON.createObjectNode();
    node.put(
        "seeds", results.seeds().stream().map(String::valueOf).collect(Collectors.joining(",")));
    for (QualitySet set : results.sets()) {
      for (String family : results.families()) {
        json(node, set, family);
      }
      for (Metric metric : set.metrics()) {
        for (String name : detectors(set, metric)) {
          put(
              node,
              key("reference", set.key(), name, metric.key(), MEAN),
              theirs(set, MEAN, name, metric));
        }
      }
    }
    return node.toPrettyString() + "\n";
  }

  private void json(ObjectNode node, QualitySet set, String family) {
    for (Metric metric : set.metrics()) {
      List<String> series = results.series(set);
      if (series.size() > 1) {
        for (String one : series) {
          put(
              node,
              key(set.key(), one, family, metric.key()),
              results.mean(set, one, family, metric));
        }
      }
      put(node, key(set.key(), family, metric.key(), MEAN), results.mean(set, family, metric));
    }
    put(
        node,
        key(set.key(), family, "fit_seconds"),
        seconds(results.total(set, family, Outcome::fit)));
    put(
        node,
        key(set.key(), family, "score_seconds"),
        seconds(results.total(set, family, Outcome::score)));
  }

  private static String key(String... parts) {
    return String.join("_", parts);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }
}
