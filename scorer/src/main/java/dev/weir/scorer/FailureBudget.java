package dev.weir.scorer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * How many failures of stream threads are borne: {@value #BORNE} within ten minutes. A passing
 * fault is survived; one that comes back at once ends the process, so that somebody notices.
 * Thread-safe.
 */
final class FailureBudget {
  static final int BORNE = 5;

  private static final long WINDOW = Duration.ofMinutes(10).toNanos();

  private final Deque<Long> failures = new ArrayDeque<>();
  private final LongSupplier nanoClock;

  FailureBudget() {
    this(System::nanoTime);
  }

  FailureBudget(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Counts a failure, and says whether it is one too many. */
  synchronized boolean isSpent() {
    long now = nanoClock.getAsLong();
    while (!failures.isEmpty() && now - failures.peekFirst() > WINDOW) {
      failures.removeFirst();
    }
    failures.addLast(now);
    return failures.size() > BORNE;
  }
}
