package dev.weir.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with what TSB-AD's own code gives for scores of four real series. */
final class TsbAdFiguresTest {
  private static final Offset<Double> TOLERANCE = within(1e-6);

  @ParameterizedTest
  @ValueSource(strings = {"M-6", "S-2", "T-4", "T-9"})
  void shouldReproduceFiguresOfTsbAd(String channel) throws IOException {
    // Given
    JsonNode golden =
        new ObjectMapper()
            .readTree(PublishedData.file("golden", "vus_%s.json".formatted(channel)).toFile());
    ScoredSeries series = JsonSeries.read(golden);

    // When
    RankingMetrics ranking = RankingMetrics.of(series.scores(), series.labels());
    VolumeUnderSurface volume =
        VolumeUnderSurface.of(
            series.scores(),
            series.labels(),
            golden.get("window").asInt(),
            golden.get("thre").asInt());

    // Then
    assertThat(volume.pr()).isCloseTo(golden.get("vus_pr").asDouble(), TOLERANCE);
    assertThat(volume.roc()).isCloseTo(golden.get("vus_roc").asDouble(), TOLERANCE);
    assertThat(ranking.averagePrecision()).isCloseTo(golden.get("auc_pr").asDouble(), TOLERANCE);
    assertThat(ranking.rocAuc()).isCloseTo(golden.get("auc_roc").asDouble(), TOLERANCE);
  }
}
