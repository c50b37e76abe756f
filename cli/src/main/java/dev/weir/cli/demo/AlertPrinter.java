package dev.weir.cli.demo;

import dev.weir.cli.console.Numbers;
import dev.weir.schemas.Alert;
import dev.weir.schemas.FeatureContribution;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints alerts as they come: time, entity, severity, chance, and the two features that matter
 * most.
 *
 * <p>An entity that goes on raising alerts gets a line every {@value #QUIET_MILLIS} ms, which says
 * how many came in between. Thread-safe.
 */
final class AlertPrinter {
  private static final long QUIET_MILLIS = 2000;
  private static final int FEATURES = 2;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.S");

  private final PrintWriter out;
  private final boolean colour;
  private final Map<String, Spell> spells = new HashMap<>();

  AlertPrinter(PrintWriter out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /** Alerts of one entity since its last line. */
  private static final class Spell {
    private long printedAt;
    private int silent;
  }

  synchronized void fault(InjectedFault fault) {
    out.printf(
        Locale.ROOT,
        "  %s  %s%n",
        TIME.format(LocalTime.now(ZoneId.systemDefault())),
        paint("2", "(fault begins: " + fault.what() + " on " + fault.entity() + ")"));
    out.flush();
  }

  synchronized void alert(Alert alert) {
    Spell spell = spells.computeIfAbsent(alert.getKey(), unused -> new Spell());
    long now = System.currentTimeMillis();
    if (now - spell.printedAt < QUIET_MILLIS) {
      spell.silent++;
      return;
    }
    String more = spell.silent == 0 ? "" : " (and " + spell.silent + " alerts since the last line)";
    spell.printedAt = now;
    spell.silent = 0;
    out.printf(
        Locale.ROOT,
        "  %s  %s  %s  chance %s that a normal record scores so high%s%n",
        TIME.format(alert.getEventTime().atZone(ZoneId.systemDefault())),
        severity(alert),
        paint("1", alert.getKey()),
        Numbers.odds(alert.getProbability()),
        more);
    out.println(
        "              "
            + alert.getContributions().stream()
                .limit(FEATURES)
                .map(AlertPrinter::feature)
                .collect(Collectors.joining("; ")));
    out.flush();
  }

  private String severity(Alert alert) {
    String name = String.format(Locale.ROOT, "%-8s", alert.getSeverity().name());
    return switch (alert.getSeverity()) {
      case CRITICAL -> paint("1;31", name);
      case HIGH -> paint("31", name);
      case MEDIUM -> paint("33", name);
      case LOW -> paint("36", name);
    };
  }

  private static String feature(FeatureContribution contribution) {
    return contribution.getFeature()
        + " "
        + (contribution.getActual() == null ? "missing" : Numbers.value(contribution.getActual()))
        + " where "
        + Numbers.value(contribution.getExpected())
        + " was expected ("
        + Numbers.percent(contribution.getShare())
        + " of the score)";
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
