package dev.weir.schemas.registry;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Reads {@code Retry-After}: how long a server that cannot serve asks to be left alone. */
final class RetryAfter {
  private static final long MAX_SECONDS = 86_400;

  private RetryAfter() {}

  /** Seconds or a date (RFC 9110, 10.2.3); zero if there is none, or what is there is neither. */
  static Duration of(HttpHeaders headers) {
    String value = headers.firstValue("Retry-After").orElse("0").trim();
    try {
      return value.matches("[0-9]{1,18}")
          ? Duration.ofSeconds(Math.min(Long.parseLong(value), MAX_SECONDS))
          : until(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static Duration until(Instant time) {
    Duration left = Duration.between(Instant.now(), time);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
