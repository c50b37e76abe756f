package dev.weir.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares with a slow implementation in another language.
 *
 * <p>{@code naive_metrics.json} was written by {@code naive_metrics.py} beside it, which works from
 * the definitions and agrees to 1e-15 with what TSB-AD and scikit-learn give on four real series
 * (see {@link TsbAdFiguresTest}). Its 200 points have six ranges, at both ends and with buffers
 * that meet, and scores of one decimal, of which many tie.
 */
final class NaiveMetricsTest {
  private static JsonNode expected;
  private static ScoredSeries series;

  @BeforeAll
  static void readFixture() throws IOException {
    try (InputStream json = NaiveMetricsTest.class.getResourceAsStream("naive_metrics.json")) {
      expected = new ObjectMapper().readTree(json);
    }
    series = JsonSeries.read(expected);
  }

  @Test
  void shouldRankAsWorkedOutPairByPair() {
    // Given / When
    RankingMetrics metrics = RankingMetrics.of(series.scores(), series.labels());

    // Then
    assertThat(metrics.rocAuc()).isCloseTo(expected.get("rocAuc").asDouble(), within(1e-12));
    assertThat(metrics.averagePrecision())
        .isCloseTo(expected.get("averagePrecision").asDouble(), within(1e-12));
  }

  @Test
  void shouldFindVolumesAsWorkedOutPointByPoint() {
    // Given
    JsonNode cases = expected.get("volumes");
    assertThat(cases).isNotEmpty();

    for (JsonNode one : cases) {
      // When
      VolumeUnderSurface volume =
          VolumeUnderSurface.of(
              series.scores(),
              series.labels(),
              one.get("window").asInt(),
              one.get("thresholds").asInt());

      // Then
      assertThat(volume.pr()).as("%s", one).isCloseTo(one.get("pr").asDouble(), within(1e-12));
      assertThat(volume.roc()).as("%s", one).isCloseTo(one.get("roc").asDouble(), within(1e-12));
    }
  }
}
