package dev.weir.scorer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How many failures of stream threads are borne: {@value #BORNE} within ten minutes. A passing
 * fault is survived; one that comes back ends the process, so that somebody notices.
 *
 * <p>Before each try there is a pause: one second after the first failure and twice as long after
 * each more, half a minute at most, and each between half and the whole of that at random, so that
 * instances that failed together do not come back together. Thread-safe.
 */
final class FailureBudget {
  static final int BORNE = 5;

  private static final long WINDOW = Duration.ofMinutes(10).toNanos();
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Deque<Long> failures = new ArrayDeque<>();
  private final LongSupplier nanoClock;
  private final DoubleSupplier random;

  FailureBudget() {
    this(System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * With a clock and a die.
   *
   * @param random from 0 to below 1
   */
  FailureBudget(LongSupplier nanoClock, DoubleSupplier random) {
    this.nanoClock = nanoClock;
    this.random = random;
  }

  /**
   * Counts a failure, and says how long to wait before the next try; empty if it is one too many.
   */
  synchronized Optional<Duration> spend() {
    long now = nanoClock.getAsLong();
    while (!failures.isEmpty() && now - failures.peekFirst() > WINDOW) {
      failures.removeFirst();
    }
    failures.addLast(now);
    if (failures.size() > BORNE) {
      return Optional.empty();
    }
    long whole = Math.min(LONGEST.toMillis(), FIRST.toMillis() << (failures.size() - 1));
    return Optional.of(Duration.ofMillis((long) (whole * (1 + random.getAsDouble()) / 2)));
  }
}
