package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import java.time.Duration;

/**
 * When a key that stops sending raises an alert.
 *
 * @param after so long without a record; if not given, by the key's own rhythm
 * @param factor by rhythm: so many times the usual time between two records
 * @param minimum by rhythm: but not before so long
 * @param maxKeys how many keys a partition's task watches at most
 */
public record SilenceConfig(Duration after, Double factor, Duration minimum, Integer maxKeys) {
  private static final int MAX_KEYS = 1_000_000;

  public SilenceConfig {
    if (after != null && (factor != null || minimum != null)) {
      throw Check.refuse("after", "is a fixed time; 'factor' and 'minimum' go with a key's rhythm");
    }
    if (after != null && after.toMillis() < 1) {
      throw Check.refuse("after", "must be 1ms at least");
    }
    maxKeys = Check.atLeast("maxKeys", Check.orElse(maxKeys, MAX_KEYS), 1);
    factor = Check.above("factor", Check.orElse(factor, 10.0), 1);
    minimum = Check.orElse(minimum, Duration.ofMinutes(1));
    if (minimum.toMillis() < 1) {
      throw Check.refuse("minimum", "must be 1ms at least");
    }
  }
}
