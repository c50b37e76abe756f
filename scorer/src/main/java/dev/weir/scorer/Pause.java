package dev.weir.scorer;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: one second after the first failure and twice as long after
 * each more, half a minute at most, and each between half and the whole of that at random, so that
 * instances that failed together do not come back together.
 *
 * @param random from 0 to below 1
 */
record Pause(DoubleSupplier random) {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** From then on each is as long as the longest. */
  private static final int MOST_DOUBLINGS = 10;

  Pause() {
    this(() -> ThreadLocalRandom.current().nextDouble());
  }

  /** Before a try, of which the first is number 1. */
  Duration before(int number) {
    long doubled = FIRST.toMillis() << Math.min(MOST_DOUBLINGS, number - 1);
    long whole = Math.min(LONGEST.toMillis(), doubled);
    return Duration.ofMillis((long) (whole * (1 + random.getAsDouble()) / 2));
  }
}
