package dev.weir.benchmarks.soak;

import dev.weir.benchmarks.made.AlertStream;
import dev.weir.benchmarks.made.Background;
import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertStatus;
import dev.weir.schemas.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * How long alerts take: from a record's timestamp, which its producer set to the time of the send,
 * until a read_committed consumer has the alert of it. Commits are in it. Thread-safe.
 */
final class AlertTimes implements AutoCloseable {
  private final List<Sample> samples = new ArrayList<>();
  private final Background reading;

  /** One alert. */
  record Sample(long nanos, long millis) {}

  AlertTimes(String bootstrapServers, String topic, int partitions, SchemaRegistry registry) {
    reading = AlertStream.read(bootstrapServers, topic, partitions, registry, this::add);
  }

  /** What goes on or ends says when it did so, and not when the record of it came. */
  private void add(Alert alert) {
    if (alert.getStatus() != AlertStatus.OPENED) {
      return;
    }
    long millis = System.currentTimeMillis() - alert.getEventTime().toEpochMilli();
    synchronized (samples) {
      samples.add(new Sample(System.nanoTime(), millis));
    }
  }

  /** The times of the alerts that came within a span of {@link System#nanoTime()}, sorted. */
  long[] between(long from, long to) {
    reading.check();
    synchronized (samples) {
      return samples.stream()
          .filter(sample -> sample.nanos() >= from && sample.nanos() < to)
          .mapToLong(Sample::millis)
          .sorted()
          .toArray();
    }
  }

  @Override
  public void close() {
    reading.close();
  }
}
