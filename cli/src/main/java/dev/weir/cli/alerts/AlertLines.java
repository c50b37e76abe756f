package dev.weir.cli.alerts;

import dev.weir.cli.console.AlertText;
import dev.weir.cli.console.Numbers;
import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.AlertStatus;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Prints alerts for people: a line that says what, and one that says why. */
public final class AlertLines {
  private static final int FEATURES = 3;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

  private final PrintWriter out;
  private final boolean colour;
  private boolean hasHeader;

  /**
   * Prints to a console.
   *
   * @param colour whether it shows colours
   */
  public AlertLines(PrintWriter out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /** Prints an alert. */
  public void print(Alert alert) {
    if (!hasHeader) {
      hasHeader = true;
      out.println(
          AlertText.paint(
              "2",
              String.format(
                  Locale.ROOT,
                  "%-23s  %-8s  %-8s  %-20s  %s",
                  "TIME",
                  "SEVERITY",
                  "STATUS",
                  "KEY",
                  "CHANCE"),
              colour));
    }
    String key = AlertText.plain(alert.getKey());
    out.println(
        time(alert.getEventTime())
            + "  "
            + AlertText.severity(alert.getSeverity(), colour)
            + "  "
            + String.format(Locale.ROOT, "%-8s", status(alert))
            + "  "
            + AlertText.paint("1", key, colour)
            + " ".repeat(Math.max(0, 20 - key.length()))
            + "  "
            + chance(alert));
    out.println("  " + why(alert));
    out.flush();
  }

  private static String time(Instant time) {
    return TIME.format(time.atZone(ZoneId.systemDefault()));
  }

  private static String status(Alert alert) {
    return alert.getStatus() == AlertStatus.RECORD
        ? "-"
        : alert.getStatus().name().toLowerCase(Locale.ROOT);
  }

  private static String chance(Alert alert) {
    String records =
        alert.getAnomalousRecords() > 1
            ? " (" + Numbers.count(alert.getAnomalousRecords()) + " anomalous records)"
            : "";
    return (Double.isNaN(alert.getProbability()) ? "-" : Numbers.odds(alert.getProbability()))
        + records;
  }

  private static String why(Alert alert) {
    String place =
        " ["
            + alert.getSourceTopic()
            + "-"
            + alert.getSourcePartition()
            + " at "
            + alert.getSourceOffset()
            + "]";
    if (alert.getKind() == AlertKind.SILENCE) {
      return (alert.getStatus() == AlertStatus.CLOSED ? "sends again after " : "no record for ")
          + Numbers.value(alert.getScore())
          + " s; "
          + Numbers.value(alert.getThreshold())
          + " s are usual at most"
          + place;
    }
    return AlertText.features(alert, FEATURES) + place;
  }
}
