package dev.weir.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "' 7 ', 7",
    "999999999999999999, 86400",
    "-1, 0",
    "soon, 0",
    "'', 0",
    "'Wed, 21 Oct 2015 07:28:00 GMT', 0"
  })
  void shouldReadSeconds(String value, long seconds) {
    assertThat(retryAfter(value)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void shouldReadADate() {
    ZonedDateTime later = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);
    assertThat(retryAfter(DateTimeFormatter.RFC_1123_DATE_TIME.format(later)))
        .isBetween(Duration.ofMinutes(55), Duration.ofMinutes(60));
  }

  @Test
  void shouldBeZeroWithoutTheHeader() {
    assertThat(RetryAfter.of(HttpHeaders.of(Map.of(), (name, value) -> true)))
        .isEqualTo(Duration.ZERO);
  }

  private static Duration retryAfter(String value) {
    return RetryAfter.of(HttpHeaders.of(Map.of("Retry-After", List.of(value)), (name, v) -> true));
  }
}
