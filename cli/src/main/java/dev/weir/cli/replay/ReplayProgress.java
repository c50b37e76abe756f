package dev.weir.cli.replay;

import dev.weir.cli.console.Numbers;
import dev.weir.cli.topic.TopicRange;
import java.io.PrintWriter;
import java.time.Duration;

/** Says now and then how far the reading of a range has come. */
final class ReplayProgress {
  private final PrintWriter out;
  private final Duration every;
  private long said = System.nanoTime();

  ReplayProgress(PrintWriter out, Duration every) {
    this.out = out;
    this.every = every;
  }

  /** To be called often; costs next to nothing when it has nothing to say. */
  void look(String what, TopicRange range) {
    long now = System.nanoTime();
    if (now - said < every.toNanos()) {
      return;
    }
    said = now;
    long size = Math.max(1, range.size());
    out.println(
        "  "
            + what
            + ": "
            + Numbers.percent(range.done() / (double) size)
            + " of "
            + Numbers.count(size)
            + " records");
    out.flush();
  }
}
