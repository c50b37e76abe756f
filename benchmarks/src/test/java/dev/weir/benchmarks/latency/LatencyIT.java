package dev.weir.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyIT {

  /** How long alerts take is of no matter here, nor whether the machine was quick enough. */
  @Test
  void shouldSeeTheAlertsOfAllRecordsThatWereMadeAnomalous() throws IOException {
    // Given
    StringWriter out = new StringWriter();
    LatencyShape shape =
        new LatencyShape(
            List.of(400),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            20,
            5,
            2,
            1,
            Duration.ofMillis(200));

    // When
    String json = new Latency(shape, new PrintWriter(out)).run();

    // Then
    JsonNode figures = new ObjectMapper().readTree(json);
    for (String guarantee : List.of("exactly_once", "at_least_once")) {
      String stem = "latency_400_" + guarantee;
      assertThat(figures.path(stem + "_missing_alerts").asLong()).as(out.toString()).isZero();
      assertThat(figures.path(stem + "_alerts").asLong()).isGreaterThanOrEqualTo(40);
      assertThat(figures.has(stem + "_p99_ms")).isTrue();
    }
    assertThat(figures.has("latency_400_exactly_once_p99_beyond_commit_interval_ms")).isTrue();
    assertThat(figures.has("latency_400_at_least_once_p99_beyond_commit_interval_ms")).isFalse();
    assertThat(figures.path("commit_interval_ms").asLong()).isEqualTo(200);
  }
}
