package dev.weir.scorer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How many failures of stream threads are borne: {@value #BORNE} within ten minutes. A passing
 * fault is survived; one that comes back ends the process, so that somebody notices.
 *
 * <p>Before each try there is a {@link Pause}. Threads that fail while another one waits have
 * failed for the same reason, and wait with it: all of them are one failure. Thread-safe.
 */
final class FailureBudget {
  static final int BORNE = 5;

  private static final long WINDOW = Duration.ofMinutes(10).toNanos();

  private final Deque<Long> failures = new ArrayDeque<>();
  private final LongSupplier nanoClock;
  private final Pause pause;
  private long waitsUntil;

  FailureBudget() {
    this(System::nanoTime, new Pause());
  }

  /** With a clock. */
  FailureBudget(LongSupplier nanoClock, Pause pause) {
    this.nanoClock = nanoClock;
    this.pause = pause;
  }

  /**
   * Counts a failure, and says how long to wait before the next try; empty if it is one too many.
   */
  synchronized Optional<Duration> spend() {
    long now = nanoClock.getAsLong();
    if (!failures.isEmpty() && now - waitsUntil < 0) {
      return failures.size() > BORNE
          ? Optional.empty()
          : Optional.of(Duration.ofNanos(waitsUntil - now));
    }
    while (!failures.isEmpty() && now - failures.peekFirst() > WINDOW) {
      failures.removeFirst();
    }
    failures.addLast(now);
    if (failures.size() > BORNE) {
      return Optional.empty();
    }
    Duration wait = pause.before(failures.size());
    waitsUntil = now + wait.toNanos();
    return Optional.of(wait);
  }
}
