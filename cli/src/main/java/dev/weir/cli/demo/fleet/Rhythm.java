package dev.weir.cli.demo.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * How much of a server's capacity its users ask for at a time of day and week: least before dawn, a
 * steep rise in the morning, most in the late afternoon, less around the week's end. In UTC.
 */
final class Rhythm {
  private static final double MEAN = 0.46;
  private static final double DAILY = 0.17;
  private static final double HALF_DAILY = 0.04;
  private static final double QUIET_WEEKEND = 0.18;

  private static final double DAY = Duration.ofDays(1).toSeconds();
  private static final double WEEK = Duration.ofDays(7).toSeconds();
  private static final double TROUGH = Duration.ofHours(4).toSeconds();
  private static final double SHOULDER = Duration.ofHours(9).toSeconds();

  /** 1970-01-04T00:00:00Z, the middle of the first week's end since the epoch. */
  private static final double MID_WEEKEND = Duration.ofDays(3).toSeconds();

  private Rhythm() {}

  /** The share of capacity in demand, continuous in time, between 0.2 and 0.65. */
  static double demand(Instant time) {
    double seconds = time.getEpochSecond();
    double day = -Math.cos(turns(seconds - TROUGH, DAY));
    double halfDay = Math.cos(turns(seconds - SHOULDER, DAY / 2));
    double weekend = Math.max(0, Math.cos(turns(seconds - MID_WEEKEND, WEEK)) - 0.4) / 0.6;
    return (MEAN + DAILY * day + HALF_DAILY * halfDay) * (1 - QUIET_WEEKEND * weekend);
  }

  private static double turns(double seconds, double period) {
    return 2 * Math.PI * (seconds / period);
  }
}
