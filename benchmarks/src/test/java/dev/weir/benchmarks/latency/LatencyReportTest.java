package dev.weir.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyReportTest {
  private static final LatencyShape SHAPE =
      new LatencyShape(
          List.of(1000),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          100,
          38,
          4,
          2,
          Duration.ofMillis(100));

  private final StringWriter out = new StringWriter();
  private final LatencyReport report = new LatencyReport(SHAPE, new PrintWriter(out, true));

  @Test
  void shouldGiveWhatIsBeyondTheCommitInterval() throws IOException {
    // Given delays of 1 to 2000 ms / 10
    Histogram delays = Delays.histogram();
    for (int i = 1; i <= 2000; i++) {
      delays.recordValue(100L * i);
    }

    // When
    LatencyResult result =
        new LatencyResult(1000, Guarantee.EXACTLY_ONCE, delays, constant(500), 0);
    JsonNode json = report(result);

    // Then
    assertThat(json.path("latency_1000_exactly_once_p50_ms").asDouble())
        .isCloseTo(100, within(0.2));
    assertThat(json.path("latency_1000_exactly_once_p99_ms").asDouble())
        .isCloseTo(198, within(0.3));
    assertThat(json.path("latency_1000_exactly_once_p999_ms").asDouble())
        .isCloseTo(199.8, within(0.3));
    assertThat(json.path("latency_1000_exactly_once_max_ms").asDouble())
        .isCloseTo(200, within(0.3));
    assertThat(json.path("latency_1000_exactly_once_p99_beyond_commit_interval_ms").asDouble())
        .isCloseTo(98, within(0.3));
    assertThat(out.toString()).doesNotContain("void");
  }

  @Test
  void shouldGiveNoFigureWhereTheGeneratorWasLate() throws IOException {
    // Given
    LatencyResult result =
        new LatencyResult(1000, Guarantee.EXACTLY_ONCE, constant(1000), constant(9000), 0);

    // When
    JsonNode json = report(result);

    // Then
    assertThat(json.path("latency_1000_exactly_once_valid").asBoolean()).isFalse();
    assertThat(json.path("latency_1000_exactly_once_p99_ms").isNull()).isTrue();
    assertThat(json.path("latency_1000_exactly_once_p99_beyond_commit_interval_ms").isNull())
        .isTrue();
    assertThat(out.toString())
        .contains("void: the load generator could not keep its schedule")
        .contains("p99 is void");
  }

  @Test
  void shouldGiveNoFigureWhereAlertsDidNotCome() throws IOException {
    // Given
    LatencyResult result =
        new LatencyResult(1000, Guarantee.AT_LEAST_ONCE, constant(1000), constant(10), 7);

    // When
    JsonNode json = report(result);

    // Then
    assertThat(json.path("latency_1000_at_least_once_missing_alerts").asLong()).isEqualTo(7);
    assertThat(json.path("latency_1000_at_least_once_p50_ms").isNull()).isTrue();
    assertThat(out.toString()).contains("void: 7 alerts had not come");
  }

  @Test
  void shouldNotSayWhatOneInAThousandIsOfFewAlerts() throws IOException {
    // Given
    LatencyResult result =
        new LatencyResult(1000, Guarantee.AT_LEAST_ONCE, constant(1000), constant(10), 0);

    // When
    JsonNode json = report(result);

    // Then
    assertThat(json.path("latency_1000_at_least_once_p999_ms").isNull()).isTrue();
    assertThat(out.toString()).contains("too few");
  }

  private JsonNode report(LatencyResult result) throws IOException {
    report.line(result);
    return new ObjectMapper().readTree(report.end(List.of(result)));
  }

  private static Histogram constant(long micros) {
    Histogram histogram = Delays.histogram();
    histogram.recordValueWithCount(micros, 999);
    return histogram;
  }
}
