package dev.weir.cli.demo;

import dev.weir.schemas.Alert;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Counts what the alerts were worth. Thread-safe. */
final class DemoTally {
  private static final long LONGEST_MILLIS = 600_000;

  private final Map<Integer, Integer> alertsByFault = new HashMap<>();
  private final Histogram recordToAlert = new Histogram(LONGEST_MILLIS, 3);
  private long alerts;
  private long falseAlarms;

  synchronized void alert(Alert alert, Optional<InjectedFault> fault, long arrivedMillis) {
    alerts++;
    fault.ifPresentOrElse(
        f -> alertsByFault.merge(f.number(), 1, Integer::sum), () -> falseAlarms++);
    long took = arrivedMillis - alert.getEventTime().toEpochMilli();
    recordToAlert.recordValue(Math.max(0, Math.min(LONGEST_MILLIS, took)));
  }

  synchronized long alerts() {
    return alerts;
  }

  synchronized long falseAlarms() {
    return falseAlarms;
  }

  synchronized int faultsFound() {
    return alertsByFault.size();
  }

  /** How many of the fault's records raised an alert. */
  synchronized int alertsOn(InjectedFault fault) {
    return alertsByFault.getOrDefault(fault.number(), 0);
  }

  /** Milliseconds from a record's timestamp to its alert, at a percentile; -1 without alerts. */
  synchronized long recordToAlertMillis(double percentile) {
    return alerts == 0 ? -1 : recordToAlert.getValueAtPercentile(percentile);
  }
}
