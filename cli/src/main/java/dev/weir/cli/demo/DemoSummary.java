package dev.weir.cli.demo;

import dev.weir.cli.console.Numbers;
import dev.weir.model.bundle.Bundle;
import dev.weir.scorer.ScorerApplication;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the demo says at its end. */
final class DemoSummary {
  private static final int MOST_NAMED = 20;

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
    line(text, "faults found", tally.faultsFound() + found());
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

  /** Which faults were found by how many of their records, since one may be by chance. */
  private String found() {
    String each =
        data.faults().stream()
            .filter(fault -> fault.number() <= sender.faultsBegun())
            .limit(MOST_NAMED)
            .map(
                fault ->
                    String.format(
                        Locale.ROOT,
                        "%n%21s%s on %s: %s of its %s records flagged",
                        "",
                        fault.what(),
                        fault.entity(),
                        tally.alertsOn(fault) == 0 ? "none" : Numbers.count(tally.alertsOn(fault)),
                        Numbers.count(sender.recordsOf(fault))))
            .collect(Collectors.joining());
    int more = sender.faultsBegun() - MOST_NAMED;
    return more > 0 ? each + String.format(Locale.ROOT, "%n%21sand %d more", "", more) : each;
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-17s%s%n", name, value));
  }
}
