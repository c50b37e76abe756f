package dev.weir.scorer.console;

import java.util.ArrayList;
import java.util.List;

/** The last alerts, with numbers that say in which order they came. Thread-safe. */
final class AlertRing {
  private final KeptAlert[] alerts;
  private long next;

  AlertRing(int capacity) {
    alerts = new KeptAlert[capacity];
  }

  /**
   * Some of the last alerts.
   *
   * @param from the number of the first one, in the order in which they came
   * @param alerts oldest first
   */
  record Stretch(long from, List<KeptAlert> alerts) {
    /** The number that the next alert will have. */
    long next() {
      return from + alerts.size();
    }
  }

  /** Adds one, over the oldest if there is no room. */
  synchronized void add(KeptAlert alert) {
    alerts[(int) (next % alerts.length)] = alert;
    next++;
  }

  /** Those from a number on, as far as they are still here. */
  synchronized Stretch since(long number) {
    long from = Math.max(Math.max(0, next - alerts.length), Math.min(number, next));
    List<KeptAlert> found = new ArrayList<>();
    for (long i = from; i < next; i++) {
      found.add(alerts[(int) (i % alerts.length)]);
    }
    return new Stretch(from, found);
  }
}
