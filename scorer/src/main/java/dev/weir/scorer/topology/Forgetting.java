package dev.weir.scorer.topology;

import dev.weir.scorer.config.StateConfig;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets keys of which no record has come for long, in the time of the records, so that the same
 * records leave the same behind.
 *
 * @param retention how long
 */
record Forgetting(Duration retention) {
  private static final Logger log = LoggerFactory.getLogger(Forgetting.class);
  private static final Duration SOONEST = Duration.ofMinutes(1);
  private static final Duration LATEST = Duration.ofHours(1);

  static Forgetting of(StateConfig config) {
    return new Forgetting(config.retention());
  }

  /** How often to look. */
  Duration every() {
    Duration quarter = retention.dividedBy(4);
    if (quarter.compareTo(SOONEST) < 0) {
      return SOONEST;
    }
    return quarter.compareTo(LATEST) > 0 ? LATEST : quarter;
  }

  /** Forgets what an encoder remembers. */
  void forget(KeyValueStore<Bytes, byte[]> states, long streamTime) {
    log(EncoderStates.forgetBefore(states, streamTime - retention.toMillis()));
  }

  /** Forgets what an alert policy remembers. */
  void forget(WatchedKeys keys) {
    log(keys.forgetAfter(retention.toMillis()));
  }

  private void log(int forgotten) {
    if (forgotten > 0) {
      log.info("forgot {} keys without a record for {}", forgotten, retention);
    }
  }
}
