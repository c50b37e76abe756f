package dev.weir.scorer.topology;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs rejected records, but not each: of every reason the first one, and after that one every ten
 * seconds at most, with the number of those in between. The counter has them all. Thread-safe.
 */
final class RejectionLog {
  private static final Logger log = LoggerFactory.getLogger(RejectionLog.class);
  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  private final Map<RejectReason, Spell> spells = new EnumMap<>(RejectReason.class);
  private final LongSupplier nanoClock;

  RejectionLog() {
    this(System::nanoTime);
  }

  RejectionLog(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Rejections of one reason since the last line. */
  private static final class Spell {
    private long loggedAt;
    private long silent;
  }

  /** Takes note of a rejection; says whether it logged a line. */
  synchronized boolean note(Origin source, RejectedRecordException rejection) {
    long now = nanoClock.getAsLong();
    Spell spell = spells.get(rejection.reason());
    if (spell != null && now - spell.loggedAt < QUIET_NANOS) {
      spell.silent++;
      return false;
    }
    log.atWarn()
        .addKeyValue("topic", source.topic())
        .addKeyValue("partition", source.partition())
        .addKeyValue("offset", source.offset())
        .addKeyValue("reason", rejection.reason().code())
        .addKeyValue("sinceLastLine", spell == null ? 0 : spell.silent)
        .log(
            "a record cannot be scored and goes to the dead-letter topic: {}",
            rejection.getMessage());
    Spell fresh = new Spell();
    fresh.loggedAt = now;
    spells.put(rejection.reason(), fresh);
    return true;
  }
}
