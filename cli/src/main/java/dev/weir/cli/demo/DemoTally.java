package dev.weir.cli.demo;

import dev.weir.schemas.Alert;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Counts what the alerts were worth. Thread-safe. */
final class DemoTally {
  private static final long LONGEST_MILLIS = 600_000;

  private final Set<Integer> found = new HashSet<>();
  private final Histogram recordToAlert = new Histogram(LONGEST_MILLIS, 3);
  private long alerts;
  private long falseAlarms;

  synchronized void alert(Alert alert, Optional<InjectedFault> fault, long arrivedMillis) {
    alerts++;
    fault.ifPresentOrElse(f -> found.add(f.number()), () -> falseAlarms++);
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
    return found.size();
  }

  synchronized boolean isFound(InjectedFault fault) {
    return found.contains(fault.number());
  }

  /** Milliseconds from a record's timestamp to its alert, at a percentile; -1 without alerts. */
  synchronized long recordToAlertMillis(double percentile) {
    return alerts == 0 ? -1 : recordToAlert.getValueAtPercentile(percentile);
  }
}
