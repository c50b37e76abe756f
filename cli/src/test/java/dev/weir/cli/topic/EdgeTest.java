package dev.weir.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void shouldReadTimes() {
    Instant local =
        LocalDateTime.parse("2026-02-28T14:30").atZone(ZoneId.systemDefault()).toInstant();
    Instant midnight =
        LocalDateTime.parse("2026-02-28T00:00").atZone(ZoneId.systemDefault()).toInstant();

    assertThat(parse("2026-02-28T14:30:00Z"))
        .isEqualTo(new Edge.AtTime(Instant.parse("2026-02-28T14:30:00Z")));
    assertThat(parse("2026-02-28T14:30+02:00"))
        .isEqualTo(new Edge.AtTime(Instant.parse("2026-02-28T12:30:00Z")));
    assertThat(parse("2026-02-28T14:30")).isEqualTo(new Edge.AtTime(local));
    assertThat(parse("2026-02-28")).isEqualTo(new Edge.AtTime(midnight));
    assertThat(parse(" 90m ")).isEqualTo(new Edge.AtTime(NOW.minusSeconds(5400)));
    assertThat(parse("7d")).isEqualTo(new Edge.AtTime(NOW.minusSeconds(7 * 86_400)));
  }

  @Test
  void shouldReadOffsets() {
    assertThat(parse("5000")).isEqualTo(new Edge.AtOffset(5000));
    assertThat(parse("0:5000,2:17")).isEqualTo(new Edge.AtOffsets(Map.of(0, 5000L, 2, 17L)));
    assertThat(parse("earliest")).isEqualTo(new Edge.Earliest());
    assertThat(parse("latest")).isEqualTo(new Edge.Latest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "-5",
        "1:2:3",
        "0:5,",
        "99999999999999999999",
        "2026-02-30",
        "2026-02-28T25:00Z",
        "999999999999999999d"
      })
  void shouldSayWhatWouldBeRight(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--from is '" + text + "'")
        .hasMessageContaining("2026-03-01T14:00:00Z")
        .hasMessageContaining("earliest");
  }

  private static Edge parse(String text) {
    return Edge.parse("--from", text, NOW);
  }
}
