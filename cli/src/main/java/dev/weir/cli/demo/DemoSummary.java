package dev.weir.cli.demo;

import dev.weir.cli.console.Numbers;
import dev.weir.model.bundle.Bundle;
import dev.weir.scorer.ScorerApplication;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the demo says at its end. */
final class DemoSummary {
  private final DemoData data;
  private final RecordSender sender;
  private final ScorerApplication scorer;
  private final Bundle bundle;
  private final DemoTally tally;
  private final Duration took;

  DemoSummary(
      DemoData data,
      RecordSender sender,
      ScorerApplication scorer,
      Bundle bundle,
      DemoTally tally,
      Duration took) {
    this.data = data;
    this.sender = sender;
    this.scorer = scorer;
    this.bundle = bundle;
    this.tally = tally;
    this.took = took;
  }

  String text() {
    long scored = scorer.recordsScored();
    long normal = Math.max(1, scored - sender.faultyRecords());
    StringBuilder text = new StringBuilder("Summary\n");
    line(text, "records scored", Numbers.count(scored));
    line(text, "faults injected", Integer.toString(sender.faultsBegun()));
    line(text, "faults found", tally.faultsFound() + missed());
    line(text, "alerts", Numbers.count(tally.alerts()));
    line(
        text,
        "false alarms",
        Numbers.count(tally.falseAlarms())
            + String.format(
                Locale.ROOT,
                " (%.3f %% of %,d normal records; %.3f %% asked)",
                100.0 * tally.falseAlarms() / normal,
                normal,
                100 * bundle.manifest().threshold().falseAlarmRate()));
    line(text, "records/s", Numbers.count(Math.round(scored / (took.toMillis() / 1000.0))));
    line(
        text,
        "record to alert",
        tally.alerts() == 0
            ? "no alert"
            : "median "
                + tally.recordToAlertMillis(50)
                + " ms, p99 "
                + tally.recordToAlertMillis(99)
                + " ms");
    return text.toString().stripTrailing();
  }

  private String missed() {
    String names =
        data.faults().stream()
            .filter(fault -> fault.number() <= sender.faultsBegun() && !tally.isFound(fault))
            .map(fault -> fault.what() + " on " + fault.entity())
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : " (missed: " + names + ")";
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-17s%s%n", name, value));
  }
}
