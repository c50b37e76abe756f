package dev.weir.scorer.http;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long an answer may take to be read. Whoever reads it more slowly is cut off: it would hold
 * one of few threads, and nobody else would be answered. Thread-safe.
 */
final class AnswerTime implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AnswerTime.class);

  private final Duration longest;
  private final ScheduledExecutorService clock;

  AnswerTime(Duration longest) {
    this.longest = longest;
    ScheduledThreadPoolExecutor one =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "weir-http-clock");
              thread.setDaemon(true);
              return thread;
            });
    one.setRemoveOnCancelPolicy(true);
    clock = one;
  }

  /** The time of one answer, on the thread that gives it. */
  final class Running {
    private final Thread thread = Thread.currentThread();
    private final ScheduledFuture<?> timer;
    private boolean isOver;

    private Running() {
      timer = clock.schedule(this::cutOff, longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An interrupt closes the connection under a thread that waits for it. */
    private synchronized void cutOff() {
      if (!isOver) {
        log.debug("an answer takes longer than {} to be read; it is cut off", longest);
        thread.interrupt();
      }
    }

    /** It is given. */
    void end() {
      timer.cancel(false);
      synchronized (this) {
        isOver = true;
      }
      if (Thread.interrupted()) {
        log.trace("the thread goes on with the next request");
      }
    }
  }

  /** Begins an answer. */
  Running begin() {
    return new Running();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
