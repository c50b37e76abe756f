package dev.weir.cli.replay;

import dev.weir.model.error.InvalidInputException;
import dev.weir.schemas.Alert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The alarms of one side; alerts of one incident are one. Holds so many at most. */
final class AlarmSet {
  private final String whose;
  private final int most;
  private final Map<String, Alarm> alarms = new LinkedHashMap<>();
  private Map<String, List<Alarm>> bySubject;
  private long alerts;

  /**
   * An empty set.
   *
   * @param whose for the error if there are too many
   */
  AlarmSet(String whose, int most) {
    this.whose = whose;
    this.most = most;
  }

  /**
   * Adds an alert.
   *
   * @throws InvalidInputException if there are too many
   */
  void add(Alert alert) {
    alerts++;
    Alarm alarm = Alarm.of(alert);
    alarms.merge(name(alert, alarm), alarm, Alarm::with);
    if (alarms.size() > most) {
      throw new InvalidInputException(
          "the range has more than "
              + most
              + " "
              + whose
              + " alerts, which are too many to hold beside each other; narrow it with --from and"
              + " --to");
    }
  }

  /** An alert that was published twice, after a crash of an at-least-once scorer, is one. */
  private static String name(Alert alert, Alarm alarm) {
    return alert.getIncidentId() == null || alarm.isRecord()
        ? place(alarm)
        : alarm.subject() + "\n" + alert.getIncidentId();
  }

  private static String place(Alarm alarm) {
    return alarm.partition() + ":" + alarm.offset() + " " + alarm.subject();
  }

  Collection<Alarm> all() {
    return alarms.values();
  }

  /** How many alerts they are made of. */
  long alerts() {
    return alerts;
  }

  /**
   * Whether an alarm of the other side is here, too: the same record, or, where one of both is an
   * incident, one of the same key at the same time. To be asked when all are here.
   */
  boolean has(Alarm other) {
    if (other.isRecord()) {
      Alarm same = alarms.get(place(other));
      if (same != null) {
        return true;
      }
    }
    if (bySubject == null) {
      bySubject = new HashMap<>();
      alarms
          .values()
          .forEach(a -> bySubject.computeIfAbsent(a.subject(), unused -> new ArrayList<>()).add(a));
    }
    return bySubject.getOrDefault(other.subject(), List.of()).stream()
        .anyMatch(one -> !(one.isRecord() && other.isRecord()) && one.overlaps(other));
  }
}
