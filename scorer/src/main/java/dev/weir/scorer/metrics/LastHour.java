package dev.weir.scorer.metrics;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * The ratio of two counters' growth within the last hour, or since they were first looked at if
 * that is not as long ago. Costs nothing while nobody looks. Thread-safe.
 */
final class LastHour {
  private static final long HOUR = Duration.ofHours(1).toNanos();
  private static final long STEP = Duration.ofMinutes(1).toNanos();

  private final LongSupplier part;
  private final LongSupplier whole;
  private final LongSupplier nanoClock;
  private final Deque<Sight> sights = new ArrayDeque<>();

  private record Sight(long nanos, long part, long whole) {}

  LastHour(LongSupplier part, LongSupplier whole) {
    this(part, whole, System::nanoTime);
  }

  LastHour(LongSupplier part, LongSupplier whole, LongSupplier nanoClock) {
    this.part = part;
    this.whole = whole;
    this.nanoClock = nanoClock;
    sights.add(new Sight(nanoClock.getAsLong(), 0, 0));
  }

  /** The share of the part in the whole; NaN if the whole has not grown. */
  synchronized double rate() {
    // The part first: what is counted in between must not make it larger than the whole.
    long partNow = part.getAsLong();
    Sight now = new Sight(nanoClock.getAsLong(), partNow, whole.getAsLong());
    while (sights.size() > 1 && now.nanos() - sights.peekFirst().nanos() > HOUR) {
      sights.removeFirst();
    }
    Sight before = sights.peekFirst();
    if (now.nanos() - sights.peekLast().nanos() >= STEP) {
      sights.addLast(now);
    }
    long records = now.whole() - before.whole();
    return records <= 0 ? Double.NaN : (double) (now.part() - before.part()) / records;
  }
}
