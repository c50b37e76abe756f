package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import java.time.Duration;

/**
 * How records are taken together for one run of the network.
 *
 * @param maxRows a batch is scored when it has as many records
 * @param maxWait or when its oldest record has waited so long; also before every commit
 */
public record BatchConfig(Integer maxRows, Duration maxWait) {
  /** Room for so many rows is made for each partition; larger batches are no faster. */
  private static final int MOST_ROWS = 65_536;

  public static final BatchConfig DEFAULT = new BatchConfig(null, null);

  public BatchConfig {
    maxRows = Check.atLeast("maxRows", Check.orElse(maxRows, 512), 1);
    if (maxRows > MOST_ROWS) {
      throw Check.refuse("maxRows", "is " + maxRows + ", but must be at most " + MOST_ROWS);
    }
    maxWait = Check.orElse(maxWait, Duration.ofMillis(10));
    if (maxWait.toMillis() < 1 || maxWait.toSeconds() > 60) {
      throw Check.refuse("maxWait", "is " + maxWait.toMillis() + "ms, but must be 1ms to 60s");
    }
  }
}
