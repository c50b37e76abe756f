package dev.weir.cli.demo;

import dev.weir.cli.console.AlertText;
import dev.weir.cli.console.Numbers;
import dev.weir.schemas.Alert;
import dev.weir.schemas.Severity;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints alerts as they come: time, entity, severity, chance, and the two features that matter
 * most.
 *
 * <p>An entity that goes on raising alerts gets a line every {@value #QUIET_MILLIS} ms, which says
 * how many came in between; an alert that is more severe than the last line is always printed.
 * Thread-safe.
 */
final class AlertPrinter {
  private static final long QUIET_MILLIS = 2000;
  private static final int FEATURES = 2;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.S");

  private final PrintWriter out;
  private final boolean colour;
  private final Map<String, Spell> spells = new TreeMap<>();

  AlertPrinter(PrintWriter out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /** Alerts of one entity since its last line. */
  private static final class Spell {
    private long printedAt;
    private Severity printed = Severity.LOW;
    private int silent;
  }

  synchronized void fault(InjectedFault fault) {
    out.printf(
        Locale.ROOT,
        "  %s  %s%n",
        TIME.format(LocalTime.now(ZoneId.systemDefault())),
        AlertText.paint(
            "2", "(fault begins: " + fault.what() + " on " + fault.entity() + ")", colour));
    out.flush();
  }

  synchronized void alert(Alert alert) {
    Spell spell = spells.computeIfAbsent(alert.getKey(), unused -> new Spell());
    long now = System.currentTimeMillis();
    boolean worse = alert.getSeverity().compareTo(spell.printed) > 0;
    if (now - spell.printedAt < QUIET_MILLIS && !worse) {
      spell.silent++;
      return;
    }
    String more = spell.silent == 0 ? "" : " (and " + spell.silent + " alerts since the last line)";
    spell.printedAt = now;
    spell.printed = alert.getSeverity();
    spell.silent = 0;
    out.printf(
        Locale.ROOT,
        "  %s  %s  %s  chance %s that a normal record scores so high%s%n",
        TIME.format(alert.getEventTime().atZone(ZoneId.systemDefault())),
        AlertText.severity(alert.getSeverity(), colour),
        AlertText.paint("1", AlertText.plain(alert.getKey()), colour),
        Numbers.odds(alert.getProbability()),
        more);
    out.println("              " + AlertText.features(alert, FEATURES));
    out.flush();
  }

  /** Says how many alerts came after the last line of each entity. */
  synchronized void finish() {
    spells.forEach(
        (entity, spell) -> {
          if (spell.silent > 0) {
            out.println("  and " + spell.silent + " more alerts on " + entity);
          }
        });
    out.flush();
  }
}
