package dev.weir.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class RankingMetricsTest {

  @Test
  void shouldCountPairsInOrderAndStepsOfRecall() {
    // Given two anomalies, ranked first and third
    double[] scores = {0.1, 0.4, 0.35, 0.8};
    boolean[] labels = {false, false, true, true};

    // When
    RankingMetrics metrics = RankingMetrics.of(scores, labels);

    // Then three of four pairs are in order, and precision is 1 at the first step, 2/3 at the
    // second
    assertThat(metrics.rocAuc()).isEqualTo(0.75);
    assertThat(metrics.averagePrecision()).isCloseTo((1 + 2.0 / 3) / 2, within(1e-15));
  }

  @Test
  void shouldTakeEqualScoresAsOneStep() {
    // Given an anomaly and a normal point tied on top, an anomaly tied with two normal ones below
    double[] scores = {5, 5, 2, 2, 2};
    boolean[] labels = {true, false, false, true, false};

    // When
    RankingMetrics metrics = RankingMetrics.of(scores, labels);

    // Then of six pairs two are in order and three tied, and the steps end at 1 of 2 and 2 of 5
    assertThat(metrics.rocAuc()).isCloseTo((2 + 3 * 0.5) / 6, within(1e-15));
    assertThat(metrics.averagePrecision())
        .isCloseTo(0.5 * (1.0 / 2) + 0.5 * (2.0 / 5), within(1e-15));
  }

  @Test
  void shouldTakeBothZerosAsOneScore() {
    // Given
    double[] scores = {-0.0, 0.0};

    // When
    RankingMetrics metrics = RankingMetrics.of(scores, new boolean[] {false, true});

    // Then
    assertThat(metrics).isEqualTo(new RankingMetrics(0.5, 0.5));
  }

  @Test
  void shouldRankInfiniteScores() {
    // Given
    double[] scores = {Double.NEGATIVE_INFINITY, 3, Double.POSITIVE_INFINITY};

    // When
    RankingMetrics metrics = RankingMetrics.of(scores, new boolean[] {false, false, true});

    // Then
    assertThat(metrics).isEqualTo(new RankingMetrics(1, 1));
  }

  @Test
  void shouldRankScoresOfModelsAlike() {
    // Given the same scores as float and as double
    float[] narrow = {0.1f, 0.4f, 0.35f, 0.8f, 0.4f};
    double[] wide = {0.1f, 0.4f, 0.35f, 0.8f, 0.4f};
    boolean[] labels = {false, false, true, true, true};

    // When
    RankingMetrics metrics = RankingMetrics.of(narrow, labels);

    // Then
    assertThat(metrics).isEqualTo(RankingMetrics.of(wide, labels));
  }

  @Test
  void shouldHaveNoFigureWithoutAnomalies() {
    // Given
    boolean[] labels = {false, false};

    // When
    RankingMetrics metrics = RankingMetrics.of(new double[] {1, 2}, labels);

    // Then
    assertThat(metrics.averagePrecision()).isNaN();
    assertThat(metrics.rocAuc()).isNaN();
  }

  @Test
  void shouldHaveNoRocWithoutNormalPoints() {
    // Given
    boolean[] labels = {true, true};

    // When
    RankingMetrics metrics = RankingMetrics.of(new double[] {1, 2}, labels);

    // Then
    assertThat(metrics.averagePrecision()).isEqualTo(1);
    assertThat(metrics.rocAuc()).isNaN();
  }

  @Test
  void shouldHaveNoFigureWithoutPoints() {
    // Given / When
    RankingMetrics metrics = RankingMetrics.of(new double[0], new boolean[0]);

    // Then
    assertThat(metrics.averagePrecision()).isNaN();
    assertThat(metrics.rocAuc()).isNaN();
  }

  @Test
  void shouldNameScoreThatCannotBeRanked() {
    // Given
    double[] scores = {1, Double.NaN};

    // When / Then
    assertThatThrownBy(() -> RankingMetrics.of(scores, new boolean[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scores[1] is NaN");
  }

  @Test
  void shouldRejectMissingLabels() {
    // Given
    double[] scores = {1, 2, 3};

    // When / Then
    assertThatThrownBy(() -> RankingMetrics.of(scores, new boolean[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scores has 3 entries and labels has 2; there must be one label for each");
  }

  @Test
  void shouldLeaveArgumentsAsTheyAre() {
    // Given
    double[] scores = {3, 1, 2};

    // When
    RankingMetrics.of(scores, new boolean[] {true, false, false});

    // Then
    assertThat(scores).containsExactly(3, 1, 2);
  }
}
