package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import java.time.Duration;

/**
 * When anomalous records of a key become an incident, and how often one hears of it.
 *
 * @param openAfter so many anomalous records open an incident
 * @param among if they are among so many of the key's last records
 * @param updateEvery an open incident is reported again at most so often
 * @param closeAfter after so long without an anomalous record it is closed
 * @param cooldown after so long a new one may open
 * @param maxPerHour at most so many alerts of a key in an hour, those of silence among them, those
 *     that close not counted
 */
public record IncidentConfig(
    Integer openAfter,
    Integer among,
    Duration updateEvery,
    Duration closeAfter,
    Duration cooldown,
    Integer maxPerHour) {
  /** So many alerts of a key in an hour at most, if nothing else is said. */
  public static final int MAX_PER_HOUR = 12;

  /** A long has so many bits. */
  private static final int MOST_RECORDS = 64;

  public IncidentConfig {
    openAfter = Check.atLeast("openAfter", Check.orElse(openAfter, 3), 1);
    among = Check.atLeast("among", Check.orElse(among, Math.max(5, openAfter)), openAfter);
    Check.atMost("among", among, MOST_RECORDS);
    updateEvery = notBelow("updateEvery", Check.orElse(updateEvery, Duration.ofMinutes(15)), 1);
    closeAfter = notBelow("closeAfter", Check.orElse(closeAfter, Duration.ofMinutes(10)), 1);
    cooldown = notBelow("cooldown", Check.orElse(cooldown, Duration.ZERO), 0);
    maxPerHour = Check.atLeast("maxPerHour", Check.orElse(maxPerHour, MAX_PER_HOUR), 1);
  }

  private static Duration notBelow(String key, Duration value, long millis) {
    if (value.toMillis() < millis) {
      throw Check.refuse(key, "must be " + millis + "ms at least");
    }
    return value;
  }
}
