package dev.weir.benchmarks.soak;

import dev.weir.model.config.Check;
import java.time.Duration;

/**
 * How long and how hard.
 *
 * @param duration of the measurement, after the start
 * @param recordsPerSecond that are written all the time
 * @param keys different ones, each with a window and maybe an incident
 * @param features float fields of each record
 * @param reloadEvery how often another model takes over; never if it is zero
 */
public record SoakShape(
    Duration duration, int recordsPerSecond, int keys, int features, Duration reloadEvery) {

  public SoakShape {
    if (duration.toSeconds() < 20) {
      throw Check.refuse("--duration", "must be 20s at least, in which there are a few samples");
    }
    Check.atLeast("--rate", recordsPerSecond, 100);
    Check.atLeast("--keys", keys, 1);
    Check.atLeast("--features", features, 1);
    if (!reloadEvery.isZero() && reloadEvery.toMillis() < 1000) {
      throw Check.refuse("--reload-seconds", "must be 1 at least, or 0 for never");
    }
  }

  boolean reloads() {
    return !reloadEvery.isZero();
  }
}
