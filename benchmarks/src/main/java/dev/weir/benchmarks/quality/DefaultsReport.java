package dev.weir.benchmarks.quality;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.trainer.search.ProbeKind;
import java.util.Locale;
import java.util.OptionalDouble;

/** How candidates were judged, as tables and as JSON. */
final class DefaultsReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DefaultsResults results;

  DefaultsReport(DefaultsResults results) {
    this.results = results;
  }

  /** A table for each family, a line for each candidate, and what follows from it. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (String family : results.families()) {
      table(text, family);
      kinds(text, family);
      Candidate winner = results.winner(family);
      text.append(
          winner.isDefaults()
              ? "kept: "
                  + family
                  + "'s defaults; nothing is better by more than the seeds differ, and worse at nothing\n"
              : "chosen for " + family + ": " + winner.name() + ", which is not today's default\n");
    }
    for (QualitySet set : results.sets()) {
      results
          .agreement(set)
          .ifPresent(
              value ->
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "%s: rank correlation of the criterion with the test parts' %s: %.2f%n",
                          set.key(),
                          set.metrics().get(0).title(),
                          value)));
    }
    return text.toString();
  }

  private void table(StringBuilder text, String family) {
    text.append(String.format(Locale.ROOT, "%n%-32s", family));
    results.sets().forEach(set -> text.append(String.format(Locale.ROOT, "  %9s", set.key())));
    text.append("       mean  mean rank      gain    spread");
    results.sets().stream()
        .filter(set -> isChecked(set, family))
        .forEach(set -> text.append(String.format(Locale.ROOT, "  | test %s", set.key())));
    text.append('\n');
    for (DefaultsResults.Standing standing : results.standings(family)) {
      Candidate candidate = standing.candidate();
      text.append(String.format(Locale.ROOT, "%-32s", candidate.name()));
      for (QualitySet set : results.sets()) {
        text.append("  ").append(figure(9, results.mean(set, candidate)));
      }
      text.append("  ").append(figure(9, standing.mean()));
      text.append(String.format(Locale.ROOT, "  %9.1f", standing.meanRank()));
      text.append(
          String.format(
              Locale.ROOT, "  %+8.4f  %8.4f", standing.gain().mean(), standing.gain().spread()));
      for (QualitySet set : results.sets()) {
        OptionalDouble test = results.test(set, candidate);
        if (isChecked(set, family)) {
          text.append("  ").append(figure(7 + set.key().length(), test.orElse(Double.NaN)));
        }
      }
      text.append(standing.better() ? "  better" : "");
      if (!standing.worseAt().isEmpty()) {
        text.append("  worse at: ").append(String.join(", ", standing.worseAt()));
      }
      text.append('\n');
    }
  }

  private boolean isChecked(QualitySet set, String family) {
    return results.candidates(family).stream()
        .anyMatch(candidate -> results.test(set, candidate).isPresent());
  }

  private void kinds(StringBuilder text, String family) {
    text.append(String.format(Locale.ROOT, "%-32s", "  by kind of anomaly"));
    for (ProbeKind kind : ProbeKind.values()) {
      text.append(String.format(Locale.ROOT, "  %12s", kind.title()));
    }
    text.append('\n');
    for (Candidate candidate : results.candidates(family)) {
      text.append(String.format(Locale.ROOT, "  %-30s", candidate.name()));
      for (ProbeKind kind : ProbeKind.values()) {
        text.append("  ").append(figure(12, results.mean(kind, candidate)));
      }
      text.append('\n');
    }
  }

  private static String figure(int width, double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%" + width + ".4f", value)
        : " ".repeat(width - 1) + "-";
  }

  /** An object for each family: its candidates with their figures, and the one that is chosen. */
  String json() {
    ObjectNode node = JSON.createObjectNode();
    for (String family : results.families()) {
      ObjectNode own = node.putObject(family);
      own.put("chosen", results.winner(family).name());
      ArrayNode candidates = own.putArray("candidates");
      for (DefaultsResults.Standing standing : results.standings(family)) {
        candidates.add(json(standing));
      }
    }
    for (QualitySet set : results.sets()) {
      results.agreement(set).ifPresent(value -> node.put(set.key() + "_rank_correlation", value));
    }
    return node.toPrettyString() + "\n";
  }

  private ObjectNode json(DefaultsResults.Standing standing) {
    ObjectNode node = JSON.createObjectNode();
    Candidate candidate = standing.candidate();
    node.put("name", candidate.name());
    put(node, "mean", standing.mean());
    put(node, "mean_rank", standing.meanRank());
    put(node, "gain", standing.gain().mean());
    put(node, "spread", standing.gain().spread());
    node.put("better", standing.better());
    standing.worseAt().forEach(node.putArray("worse_at")::add);
    for (QualitySet set : results.sets()) {
      put(node, set.key() + "_mean", results.mean(set, candidate));
      results.test(set, candidate).ifPresent(value -> put(node, set.key() + "_test", value));
    }
    for (ProbeKind kind : ProbeKind.values()) {
      put(node, kind.name().toLowerCase(Locale.ROOT), results.mean(kind, candidate));
    }
    return node;
  }

  private static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }
}
