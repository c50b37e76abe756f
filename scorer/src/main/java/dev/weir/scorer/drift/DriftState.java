package dev.weir.scorer.drift;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.TreeMap;

/** What a {@link DriftMonitor} remembers besides counts and reference. Not thread-safe. */
@JsonAutoDetect(
    fieldVisibility = Visibility.ANY,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
final class DriftState {
  static final long NEVER = Long.MIN_VALUE;

  /** The newest time of each task. */
  TreeMap<String, Long> tasks = new TreeMap<>();

  /** When the first slice began. */
  long begunAt = NEVER;

  /** Up to when windows have been looked at. */
  long lookedUntil = NEVER;

  /** The end of the first of those windows in a row that drifted. */
  long driftingSince = NEVER;

  /** The end of the first of those in a row that did not. */
  long calmSince = NEVER;

  /** The id of the alert that is open; null if none is. */
  String incidentId;

  /** Since when it was so, when it was opened. */
  long incidentStart = NEVER;
}
