package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A period of the history that is known to be bad, and left out.
 *
 * @param from its first moment, a time such as 2026-10-03T00:00:00Z
 * @param to the first moment after it
 */
public record Exclusion(String from, String to) {

  public Exclusion {
    Check.present("from", from, "the period's first moment, such as 2026-10-03T00:00:00Z");
    Check.present("to", to, "the first moment after the period, such as 2026-10-03T06:00:00Z");
    if (!time("from", from).isBefore(time("to", to))) {
      throw Check.refuse("to", "is " + to + ", but must be after 'from', " + from);
    }
  }

  /** Its first moment. */
  public Instant start() {
    return time("from", from);
  }

  /** The first moment after it. */
  public Instant end() {
    return time("to", to);
  }

  private static Instant time(String key, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      // Without its cause: the reader of configs looks for the innermost one.
      throw Check.refuse(key, "is '" + text + "', but must be a time such as 2026-10-03T00:00:00Z");
    }
  }
}
