package dev.weir.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class QualityResultsTest {
  private final QualityResults results = new QualityResults();

  @Test
  void shouldTakeTheMeanOverSeedsAndThenOverSeries() {
    // Given: the second series has but one seed, and weighs as much as the first
    add("first", 1, 0.2);
    add("first", 2, 0.4);
    add("second", 1, 0.9);

    // Then
    assertThat(results.mean(QualitySet.SMD, "first", "som", Metric.VUS_PR))
        .isEqualTo(0.3, offset());
    assertThat(results.mean(QualitySet.SMD, "som", Metric.VUS_PR)).isEqualTo(0.6, offset());
    assertThat(results.total(QualitySet.SMD, "som", Outcome::fit)).isEqualTo(Duration.ofSeconds(6));
    assertThat(results.hasFailures()).isFalse();
  }

  @Test
  void shouldHaveNoMeanWhereATrainingFailed() {
    // Given
    add("first", 1, 0.2);
    results.addFailure(QualitySet.SMD, "second", "som", 1);

    // Then
    assertThat(results.mean(QualitySet.SMD, "first", "som", Metric.VUS_PR)).isEqualTo(0.2);
    assertThat(results.mean(QualitySet.SMD, "som", Metric.VUS_PR)).isNaN();
    assertThat(results.hasFailures()).isTrue();
  }

  private static Offset<Double> offset() {
    return Offset.offset(1e-12);
  }

  private void add(String series, long seed, double figure) {
    results.add(
        QualitySet.SMD,
        series,
        "som",
        seed,
        new Outcome(Map.of(Metric.VUS_PR, figure), Duration.ofSeconds(2), Duration.ZERO));
  }
}
