package dev.weir.schemas.registry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and after which wait a failed request is tried again: exponential backoff with full
 * jitter, so that clients which failed together do not come back together.
 *
 * @param retries rounds over all URLs after the first one
 * @param firstWait upper bound of the first wait; it doubles with each round
 * @param maxWait upper bound of every wait
 */
record RetryPolicy(int retries, Duration firstWait, Duration maxWait) {

  /** The same, but no less than what the registry asked for, and no more than the upper bound. */
  Duration wait(int retry, RandomGenerator random, Duration asked) {
    Duration own = wait(retry, random);
    Duration bounded = asked.compareTo(maxWait) < 0 ? asked : maxWait;
    return own.compareTo(bounded) < 0 ? bounded : own;
  }

  /** The wait before retry number {@code retry}, counted from 0. */
  Duration wait(int retry, RandomGenerator random) {
    double doubled = firstWait.toMillis() * Math.pow(2, retry);
    long bound = (long) Math.min(doubled, (double) maxWait.toMillis());
    return Duration.ofMillis(random.nextLong(bound + 1));
  }
}
