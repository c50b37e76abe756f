package dev.weir.cli.demo.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * One thing that goes wrong on one server for a while.
 *
 * @param start the first moment of its window
 * @param duration the length of its window, positive; the end is outside
 */
public record Fault(FaultKind kind, String host, Instant start, Duration duration) {
  public Fault {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("duration is " + duration + ", must be positive");
    }
  }

  /** The first moment after its window. */
  public Instant end() {
    return start.plus(duration);
  }

  /** Whether a row of this server at this time is in the window. */
  public boolean covers(String server, Instant time) {
    return host.equals(server) && !time.isBefore(start) && time.isBefore(end());
  }

  /** What the fault makes of a healthy row in its window. */
  MetricRow distort(MetricRow healthy) {
    Readings readings = healthy.readings();
    double elapsed = Duration.between(start, healthy.time()).toMillis();
    kind.distort(readings, elapsed / duration.toMillis());
    return new MetricRow(healthy.time(), healthy.host(), readings);
  }
}
