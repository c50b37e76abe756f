package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import java.time.Duration;

/**
 * How what is remembered of keys is kept. It is in Kafka in any case, and comes back from there
 * after a restart.
 *
 * @param store where it is beside that
 * @param retention after so long without a record, a key is forgotten
 * @param cachedKeys of how many keys a partition's task holds the state ready to use
 */
public record StateConfig(Store store, Duration retention, Integer cachedKeys) {
  public static final StateConfig DEFAULT = new StateConfig(null, null, null);

  public StateConfig {
    store = Check.orElse(store, Store.MEMORY);
    retention = Check.orElse(retention, Duration.ofDays(7));
    if (retention.toSeconds() < 1) {
      throw Check.refuse("retention", "must be 1s at least");
    }
    cachedKeys = Check.atLeast("cachedKeys", Check.orElse(cachedKeys, 1000), 1);
  }

  /** Where states are. */
  public enum Store {
    /** On the heap: fast, and read from Kafka anew at each start. */
    MEMORY,
    /** In RocksDB, in a file: for more keys than memory holds; kept over restarts. */
    ROCKSDB
  }
}
