package dev.weir.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ThresholdMetricsTest {

  @Test
  void shouldCountEachPoint() {
    // Given two hits, one false alarm, one miss and three quiet normal points
    boolean[] alerts = {true, true, true, false, false, false, false};
    boolean[] labels = {true, true, false, true, false, false, false};

    // When
    ThresholdMetrics metrics = ThresholdMetrics.of(alerts, labels);

    // Then
    assertThat(metrics.alerts()).isEqualTo(3);
    assertThat(metrics.precision()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(metrics.recall()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(metrics.f1()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(metrics.falseAlarmRate()).isEqualTo(0.25);
  }

  @Test
  void shouldNotCreditWholeRangeForOneHit() {
    // Given a range of four anomalous points with an alert on one of them
    boolean[] alerts = {false, true, false, false, false, false};
    boolean[] labels = {true, true, true, true, false, false};

    // When
    ThresholdMetrics metrics = ThresholdMetrics.of(alerts, labels);

    // Then recall is point-wise, where point adjustment would say 1
    assertThat(metrics.recall()).isEqualTo(0.25);
    assertThat(metrics.f1()).isCloseTo(2 * 0.25 / 1.25, within(1e-15));
  }

  @Test
  void shouldAlertOnScoresThatReachThreshold() {
    // Given scores under, at and over the threshold
    double[] scores = {0.5, 0.7, 0.9};
    boolean[] labels = {false, false, true};

    // When
    ThresholdMetrics metrics = ThresholdMetrics.at(0.7, scores, labels);

    // Then
    assertThat(metrics).isEqualTo(new ThresholdMetrics(2, 0.5, 1, 2.0 / 3, 0.5));
  }

  @Test
  void shouldCompareFloatsWithoutRounding() {
    // Given 0.7f, which is a little under 0.7
    float[] scores = {0.7f, 0.5f};

    // When
    ThresholdMetrics metrics = ThresholdMetrics.at(0.7, scores, new boolean[] {true, false});

    // Then
    assertThat(metrics.alerts()).isZero();
  }

  @Test
  void shouldHaveNoPrecisionWithoutAlerts() {
    // Given
    double threshold = Double.POSITIVE_INFINITY;

    // When
    ThresholdMetrics metrics =
        ThresholdMetrics.at(threshold, new double[] {1, 2}, new boolean[] {false, true});

    // Then
    assertThat(metrics).isEqualTo(new ThresholdMetrics(0, Double.NaN, 0, 0, 0));
  }

  @Test
  void shouldHaveNoRecallWithoutAnomalies() {
    // Given
    boolean[] labels = {false, false};

    // When
    ThresholdMetrics quiet = ThresholdMetrics.of(new boolean[] {false, false}, labels);
    ThresholdMetrics loud = ThresholdMetrics.of(new boolean[] {true, false}, labels);

    // Then
    assertThat(quiet).isEqualTo(new ThresholdMetrics(0, Double.NaN, Double.NaN, Double.NaN, 0));
    assertThat(loud).isEqualTo(new ThresholdMetrics(1, 0, Double.NaN, 0, 0.5));
  }

  @Test
  void shouldHaveNoFalseAlarmRateWithoutNormalPoints() {
    // Given
    boolean[] labels = {true};

    // When
    ThresholdMetrics metrics = ThresholdMetrics.of(new boolean[] {true}, labels);

    // Then
    assertThat(metrics).isEqualTo(new ThresholdMetrics(1, 1, 1, 1, Double.NaN));
  }

  @Test
  void shouldRejectWhatCannotBeCounted() {
    // Given
    boolean[] labels = {true, false};

    // When / Then
    assertThatThrownBy(() -> ThresholdMetrics.of(new boolean[3], labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("alerts has 3 entries and labels has 2; there must be one label for each");
    assertThatThrownBy(() -> ThresholdMetrics.at(Double.NaN, new double[2], labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threshold is NaN; it must be a number");
    assertThatThrownBy(() -> ThresholdMetrics.at(1, new double[] {Double.NaN, 1}, labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scores[0] is NaN");
  }

  @Property(seed = "20260")
  void shouldAlertNoLessAtLowerThreshold(
      @ForAll("series") ScoredSeries series, @ForAll @IntRange(min = -9, max = 9) int threshold) {
    // Given
    ThresholdMetrics high = ThresholdMetrics.at(threshold + 1, series.scores(), series.labels());

    // When
    ThresholdMetrics low = ThresholdMetrics.at(threshold, series.scores(), series.labels());

    // Then
    assertThat(low.alerts()).isGreaterThanOrEqualTo(high.alerts());
    assertThat(low.recall()).isGreaterThanOrEqualTo(high.recall());
    assertThat(low.falseAlarmRate()).isGreaterThanOrEqualTo(high.falseAlarmRate());
  }

  @Provide
  Arbitrary<ScoredSeries> series() {
    return ScoredSeries.arbitrary();
  }
}
