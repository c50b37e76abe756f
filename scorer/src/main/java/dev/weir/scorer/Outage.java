package dev.weir.scorer;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Something that is needed does not answer: it is tried again for ever, with growing pauses.
 *
 * <p>Threads that fail while another one waits wait with it. It goes on until no thread has failed
 * so for half a minute after a pause. Thread-safe.
 */
final class Outage {
  /** So long a thread may take to fail again after it has been replaced. */
  static final Duration CALM = Duration.ofSeconds(30);

  private final LongSupplier nanoClock;
  private final Pause pause;
  private int tries;
  private long waitsUntil;

  Outage() {
    this(System::nanoTime, new Pause());
  }

  /** With a clock. */
  Outage(LongSupplier nanoClock, Pause pause) {
    this.nanoClock = nanoClock;
    this.pause = pause;
  }

  /** A thread has failed by it; says how long to wait before the next try. */
  synchronized Duration failed() {
    long now = nanoClock.getAsLong();
    if (tries > 0 && now - waitsUntil < 0) {
      return Duration.ofNanos(waitsUntil - now);
    }
    if (!isGoingOn(now)) {
      tries = 0;
    }
    tries++;
    Duration wait = pause.before(tries);
    waitsUntil = now + wait.toNanos();
    return wait;
  }

  /** Whether it goes on, as far as one can know. */
  synchronized boolean isGoingOn() {
    return isGoingOn(nanoClock.getAsLong());
  }

  private boolean isGoingOn(long now) {
    return tries > 0 && now - waitsUntil <= CALM.toNanos();
  }
}
