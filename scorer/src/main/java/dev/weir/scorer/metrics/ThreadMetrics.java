package dev.weir.scorer.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the failures of stream threads. Thread-safe. */
public final class ThreadMetrics {
  private final Counter outages;
  private final Counter others;

  ThreadMetrics(MeterRegistry registry) {
    outages = failures(registry, "outage");
    others = failures(registry, "other");
  }

  private static Counter failures(MeterRegistry registry, String cause) {
    return Counter.builder("weir.thread.failures")
        .description(
            "Failures of stream threads: by an outage of what is needed, which is waited for, or by"
                + " another cause, of which few are borne")
        .baseUnit("failures")
        .tag("cause", cause)
        .register(registry);
  }

  /** A thread has failed. */
  public void failed(boolean isOutage) {
    (isOutage ? outages : others).increment();
  }
}
