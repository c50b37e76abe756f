package dev.weir.benchmarks.latency;

import dev.weir.model.config.Check;
import java.time.Duration;
import java.util.List;

/**
 * How hard and how long.
 *
 * @param rates records a second, one after the other
 * @param duration of each, after the warm-up
 * @param warmUp of each, which does not count
 * @param alertsPerSecond so many records a second are made anomalous, at all rates alike
 * @param features float fields of each record
 * @param partitions of the topic
 * @param threads stream threads
 * @param commitInterval of exactly-once
 */
public record LatencyShape(
    List<Integer> rates,
    Duration duration,
    Duration warmUp,
    int alertsPerSecond,
    int features,
    int partitions,
    int threads,
    Duration commitInterval) {

  public LatencyShape {
    Check.present("--rates", rates, "for example 1000,10000");
    rates = List.copyOf(rates);
    Check.atLeast("--alerts", alertsPerSecond, 1);
    for (int rate : rates) {
      Check.atLeast("--rates", rate, alertsPerSecond);
    }
    if (rates.stream().distinct().count() < rates.size()) {
      throw Check.refuse("--rates", "is " + rates + ", but each may be there once only");
    }
    Check.atLeast("--seconds", (int) duration.toSeconds(), 1);
    Check.atLeast("--warm-up", (int) warmUp.toSeconds(), 0);
    Check.atLeast("--features", features, 1);
    Check.atLeast("--partitions", partitions, 1);
    Check.atLeast("--threads", threads, 1);
    Check.atLeast("--commit-interval", (int) commitInterval.toMillis(), 1);
  }
}
