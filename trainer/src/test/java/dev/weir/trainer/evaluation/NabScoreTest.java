package dev.weir.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Made-up files of 100 rows, of which the first 15 do not count, with a window of the ten rows from
 * 40 to 49. The figures are worked by hand from the paper's sigmoid, 2 / (1 + exp(5 y)) - 1, where
 * y is the position: from -1 at a window's first row to -0.1 at its last, and behind it the
 * distance from its last row in ninths.
 */
class NabScoreTest {
  private static final List<AnomalyRange> WINDOW = List.of(new AnomalyRange(40, 49));
  private static final double ONE_FALSE_ALARM = 0.11;

  @ParameterizedTest
  @CsvSource({"6, 0", "7, 1", "100, 15", "4032, 604", "5000, 750", "22695, 750"})
  void shouldSetAsideTheFirstRowsForLearning(int rows, int probation) {
    assertThat(NabSeries.probation(rows)).isEqualTo(probation);
  }

  @ParameterizedTest
  @CsvSource({"40, 1.0, 100.0", "45, 0.8597926, 92.989628", "49, 0.2482415, 62.412077"})
  void shouldGiveTheMoreForAWindowTheEarlierItIsFound(int row, double raw, double normalised) {
    // When
    NabScore score = standard(series(WINDOW, Map.of(row, 1.0)));

    // Then
    assertThat(score.raw()).isCloseTo(raw, within(1e-7));
    assertThat(score.normalised()).isCloseTo(normalised, within(1e-5));
    assertThat(score.found()).isEqualTo(1);
    assertThat(score.falseAlarms()).isZero();
    assertThat(score.threshold()).isEqualTo(1);
  }

  @Test
  void shouldCountAWindowOnceByItsEarliestAlert() {
    // When
    NabScore score = standard(series(WINDOW, Map.of(49, 1.0, 45, 1.0, 47, 1.0)));

    // Then
    assertThat(score.raw()).isCloseTo(0.8597926, within(1e-7));
  }

  @ParameterizedTest
  @CsvSource({
    "50, 0.0297932", // right behind the window: y = 1/9
    "59, 0.1091528", // y = 10/9
    "80, 0.11", // y = 31/9, over 3
    "20, 0.11" // before the first window
  })
  void shouldTakeTheMoreForAFalseAlarmTheFurtherItIsBehindAWindow(int row, double cost) {
    // When
    NabScore score = standard(series(WINDOW, Map.of(40, 1.0, row, 1.0)));

    // Then
    assertThat(score.raw()).isCloseTo(1 - cost, within(1e-7));
    assertThat(score.normalised()).isCloseTo(100 * (2 - cost) / 2, within(1e-5));
    assertThat(score.falseAlarms()).isEqualTo(1);
  }

  @Test
  void shouldGiveNothingWhereNeverAlertingIsBest() {
    // Given: an alert on every row would find the window, but cost 25 false alarms before it alone
    NabSeries flat = series(WINDOW, Map.of());

    // When
    NabScore score = standard(flat);

    // Then
    assertThat(score.normalised()).isZero();
    assertThat(score.raw()).isEqualTo(-1);
    assertThat(score.found()).isZero();
    assertThat(score.threshold()).isInfinite();
  }

  @Test
  void shouldTakeOffForAMissedWindow() {
    // Given: one of two windows is found at its first row
    NabSeries series =
        series(List.of(new AnomalyRange(40, 49), new AnomalyRange(70, 79)), Map.of(40, 1.0));

    // When
    NabScore standard = standard(series);
    NabScore lowFalseNegatives =
        NabScore.best(List.of(series), NabProfile.REWARD_LOW_FALSE_NEGATIVES);

    // Then: 1 - 1, between -2 and 2; and 1 - 2, between -4 and 2
    assertThat(standard.raw()).isZero();
    assertThat(standard.normalised()).isEqualTo(50);
    assertThat(lowFalseNegatives.raw()).isEqualTo(-1);
    assertThat(lowFalseNegatives.normalised()).isEqualTo(50);
    assertThat(standard.windows()).isEqualTo(2);
  }

  @Test
  void shouldMeasureFromTheWindowBefore() {
    // Given: windows of ten and of five rows, and a false alarm on the fifth row behind the second
    NabSeries series =
        series(
            List.of(new AnomalyRange(40, 49), new AnomalyRange(60, 64)),
            Map.of(40, 1.0, 60, 1.0, 69, 1.0));

    // When
    NabScore score = standard(series);

    // Then: y = 5/4
    double cost = ONE_FALSE_ALARM * (1 - 2 / (1 + Math.exp(6.25)));
    assertThat(score.raw()).isCloseTo(2 - cost, within(1e-9));
  }

  @Test
  void shouldCountOnlyFalseAlarmsInAFileWithoutWindows() {
    // Given
    NabSeries found = series(WINDOW, Map.of(40, 1.0));
    NabSeries withoutWindows = series(List.of(), Map.of(50, 2.0, 60, 0.5));

    // When
    NabScore score = standard(found, withoutWindows);

    // Then
    assertThat(score.raw()).isCloseTo(1 - ONE_FALSE_ALARM, within(1e-9));
    assertThat(score.windows()).isEqualTo(1);
    assertThat(score.threshold()).isEqualTo(1);
  }

  @Test
  void shouldHaveOneThresholdForAllFiles() {
    // Given: the first file is perfect at 3; the second one's window comes with 20 false alarms, at
    // 2
    NabSeries first = series(WINDOW, Map.of(40, 3.0));
    Map<Integer, Double> alerts = new HashMap<>();
    for (int row = 20; row < 40; row++) {
      alerts.put(row, 2.0);
    }
    alerts.put(40, 2.0);
    NabSeries second = series(WINDOW, alerts);

    // When
    NabScore score = standard(first, second);

    // Then: finding the second window is worth 2, and its false alarms cost 2.2, or 1 if cheaper
    assertThat(score.threshold()).isEqualTo(3);
    assertThat(score.raw()).isZero();
    assertThat(NabScore.best(List.of(first, second), new NabProfile(1, 0.05, 1)).threshold())
        .isEqualTo(2);
  }

  @Test
  void shouldNotCountTheProbation() {
    // Given
    NabSeries series = series(WINDOW, Map.of(3, 9.0, 14, 9.0, 40, 1.0));

    // When
    NabScore score = standard(series);

    // Then
    assertThat(score.normalised()).isEqualTo(100);
  }

  @Test
  void shouldLeaveOutAWindowThatLiesInTheProbation() {
    // Given
    NabSeries series =
        series(List.of(new AnomalyRange(2, 14), new AnomalyRange(40, 49)), Map.of(40, 1.0));

    // When
    NabScore score = standard(series);

    // Then
    assertThat(score.windows()).isEqualTo(1);
    assertThat(score.normalised()).isEqualTo(100);
  }

  @Test
  void shouldNeverAlertOnNegativeInfinity() {
    // Given: the window is all that counts of this file, and would be worth an alert
    double[] scores = new double[16];
    Arrays.fill(scores, Double.NEGATIVE_INFINITY);

    // When
    NabScore score = standard(new NabSeries(scores, List.of(new AnomalyRange(2, 15))));

    // Then
    assertThat(score.windows()).isEqualTo(1);
    assertThat(score.found()).isZero();
  }

  @Test
  void shouldBeUndefinedWithoutWindows() {
    assertThat(standard(series(List.of(), Map.of(50, 1.0))).normalised()).isNaN();
  }

  @Test
  void shouldRefuseWindowsThatDoNotFit() {
    assertThatThrownBy(() -> series(List.of(new AnomalyRange(90, 100)), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100 rows");
    assertThatThrownBy(
            () -> series(List.of(new AnomalyRange(40, 49), new AnomalyRange(49, 60)), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("overlaps");
    assertThatThrownBy(() -> series(List.of(), Map.of(20, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scores[20]");
  }

  private static NabScore standard(NabSeries... corpus) {
    return NabScore.best(List.of(corpus), NabProfile.STANDARD);
  }

  /** A hundred rows, all zero but for the given ones. */
  private static NabSeries series(List<AnomalyRange> windows, Map<Integer, Double> alerts) {
    double[] scores = new double[100];
    alerts.forEach((row, score) -> scores[row] = score);
    return new NabSeries(scores, windows);
  }
}
