package dev.weir.scorer.topology;

import dev.weir.schemas.AlertKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * How many incidents of a task are open, by their kind. A listener hears of each change, and that
 * none is left when the task is taken away. One instance belongs to one task, and so to one thread
 * at a time.
 */
final class OpenIncidents {
  private static final Set<AlertKind> KINDS = Set.of(AlertKind.values());

  private final ScoringListener listener;
  private final Map<AlertKind, Integer> open = new EnumMap<>(AlertKind.class);

  OpenIncidents(ScoringListener listener) {
    this.listener = listener;
  }

  /** What was open of a key is not what is open of it now. */
  void changed(Set<AlertKind> before, Set<AlertKind> now) {
    if (before.equals(now)) {
      return;
    }
    for (AlertKind kind : KINDS) {
      int change = (now.contains(kind) ? 1 : 0) - (before.contains(kind) ? 1 : 0);
      // What was counted may have been counted anew without a key whose state Kafka does not take.
      set(kind, Math.max(0, open.getOrDefault(kind, 0) + change));
    }
  }

  /** All was counted, whatever was known before; kinds that are not named stay as they are. */
  void set(Map<AlertKind, Integer> counted) {
    counted.forEach(this::set);
  }

  private void set(AlertKind kind, int now) {
    int change = now - open.getOrDefault(kind, 0);
    open.put(kind, now);
    if (change != 0) {
      listener.open(kind, change);
    }
  }

  /** The task goes: whoever gets it counts anew. */
  void close() {
    KINDS.forEach(kind -> set(kind, 0));
  }
}
