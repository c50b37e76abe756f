package dev.weir.benchmarks.stream;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.model.error.OperationFailedException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures how fast a count grows: the time from a twentieth of the goal, when everything runs, to
 * the goal.
 */
final class Rate {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Rate() {}

  /**
   * Waits until a count has reached a goal.
   *
   * @return how much it grew a second, and what that took
   */
  static Speed untilReached(LongSupplier count, long goal) {
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      long first = await(count, goal / 20, end);
      long begun = System.nanoTime();
      long worked = PROCESS.getProcessCpuTime();
      long last = await(count, goal, end);
      return new Speed(
          (last - first) * 1e9 / (System.nanoTime() - begun),
          (PROCESS.getProcessCpuTime() - worked) / 1e3 / (last - first));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationFailedException("interrupted while records were scored", e);
    }
  }

  private static long await(LongSupplier count, long goal, long end) throws InterruptedException {
    long now = count.getAsLong();
    while (now < goal) {
      if (System.nanoTime() > end) {
        throw new OperationFailedException(
            "only %d of %d records came within %s".formatted(now, goal, PATIENCE));
      }
      TimeUnit.MILLISECONDS.sleep(2);
      now = count.getAsLong();
    }
    return now;
  }
}
