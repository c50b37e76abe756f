package dev.weir.benchmarks.latency;

import dev.weir.benchmarks.made.AlertStream;
import dev.weir.benchmarks.made.Background;
import dev.weir.schemas.Alert;
import dev.weir.schemas.registry.SchemaRegistry;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Reads alerts as a user does, {@code read_committed}, in a thread of its own, and keeps for each
 * how long after the moment intended for its record it came. Thread-safe.
 */
final class AlertReader implements AutoCloseable {
  private final Schedule schedule;
  private final Histogram delays = Delays.histogram();
  private final BitSet seen = new BitSet();
  private final Background reading;
  private long anomaliesSeen;

  AlertReader(String bootstrapServers, String topic, Schedule schedule, SchemaRegistry registry) {
    this.schedule = schedule;
    reading =
        AlertStream.read(
            bootstrapServers,
            topic,
            schedule.partitions(),
            registry,
            alert -> add(alert, System.nanoTime()));
  }

  private synchronized void add(Alert alert, long nowNanos) {
    long record = schedule.record(alert.getSourcePartition(), alert.getSourceOffset());
    int bit = Math.toIntExact(record);
    if (seen.get(bit)) {
      // At least once means that it may come again; its first time counts.
      return;
    }
    seen.set(bit);
    if (schedule.isAnomalous(record)) {
      anomaliesSeen++;
    }
    if (schedule.counts(record)) {
      delays.recordValue(Delays.micros(nowNanos - schedule.intendedNanos(record)));
    }
  }

  /**
   * Waits for the alerts of all records that were made anomalous.
   *
   * @return how many have not come
   */
  long awaitAll(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (missing() > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return missing();
  }

  private synchronized long missing() {
    reading.check();
    return schedule.anomalies() - anomaliesSeen;
  }

  /** Of the alerts of records that count, so far. */
  synchronized Histogram delays() {
    return delays.copy();
  }

  @Override
  public void close() {
    reading.close();
  }
}
