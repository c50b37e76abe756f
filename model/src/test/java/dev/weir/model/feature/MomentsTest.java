package dev.weir.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MomentsTest {

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "1970-01-01, 0",
    "1970-01-01 00:00:01, 1000",
    "1970-01-01T00:01, 60000",
    "1970-01-01t00:01z, 60000",
    "1970-01-01T01:00:00+01, 0",
    "1970-01-01T01:30:00+0130, 0",
    "1969-12-31T22:30:00.500-01:30, 500",
    "1970-01-01T00:00:00.000250Z, 0.25",
    "'1970-01-01T00:00:00,5Z', 500",
    "2024-02-29T12:00:00Z, 1709208000000"
  })
  void shouldReadWhatIsWrittenInIso8601(String text, double millis) {
    assertThat(Moments.epochMillis(text)).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "12:00:00",
        "2026",
        "2026-1-1",
        "2026-13-01",
        "2026-00-10",
        "2026-02-30",
        "2025-02-29",
        "2026-01-01T",
        "2026-01-01X00:00",
        "2026-01-01T24:00",
        "2026-01-01T00:60",
        "2026-01-01T00:00:60",
        "2026-01-01T00:00:0",
        "2026-01-01T00:00:00.",
        "2026-01-01T00:00:00.1234567890",
        "2026-01-01T00:00:00+",
        "2026-01-01T00:00:00+1",
        "2026-01-01T00:00:00+01:0",
        "2026-01-01T00:00:00+1 :00",
        "2026-01-01T00:00:00+19:00",
        "2026-01-01T00:00:00ZZ",
        "2026-01-01T00:00:00 UTC",
        "2026/01/01 00:00",
        "-026-01-01T00:00"
      })
  void shouldRefuseWhatIsNot(String text) {
    assertThat(Moments.epochMillis(text)).isNaN();
  }

  @Property(seed = "20261")
  void shouldReadWhatJavaTimeWrites(
      @ForAll @LongRange(min = -62_167_219_200_000L, max = 253_402_300_799_999L) long millis,
      @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
    // Given
    Instant instant = Instant.ofEpochMilli(millis);
    OffsetDateTime there = instant.atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));

    // Then
    assertThat(Moments.epochMillis(instant.toString())).isEqualTo((double) millis);
    if (there.getYear() >= 0 && there.getYear() <= 9999) {
      assertThat(Moments.epochMillis(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(there)))
          .isEqualTo((double) millis);
      assertThat(Moments.epochMillis(there.truncatedTo(ChronoUnit.DAYS).toLocalDate().toString()))
          .isEqualTo(there.toLocalDate().toEpochDay() * 86_400_000.0);
    }
  }
}
