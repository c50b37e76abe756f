package dev.weir.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class VolumeUnderSurfaceTest {
  private static final boolean[] ONE_RANGE = {false, false, true, true, false, false};
  // The point after the range scores highest, then the range, then the point before it.
  private static final double[] LATE = {0.1, 0.2, 0.8, 0.7, 0.9, 0.0};

  @Test
  void shouldBePointWiseWithoutWindow() {
    // Given a threshold at each of the six points

    // When
    VolumeUnderSurface volume = VolumeUnderSurface.of(LATE, ONE_RANGE, 0, 6);

    // Then
    RankingMetrics points = RankingMetrics.of(LATE, ONE_RANGE);
    assertThat(volume.pr()).isCloseTo(points.averagePrecision(), within(1e-15));
    assertThat(volume.pr()).isCloseTo(0.5 * (1.0 / 2) + 0.5 * (2.0 / 3), within(1e-15));
    assertThat(volume.roc()).isCloseTo(0.75, within(1e-15));
  }

  @Test
  void shouldAverageOverWindows() {
    // Given, for window 2, a buffer of one point a side that weighs sqrt(1 - 1/2)
    double weight = Math.sqrt(0.5);
    double positives = 2 + weight / 2;
    double[] recall = {weight / positives, (1 + weight) / positives, 1};
    double[] precision = {weight, (1 + weight) / 2, (2 + weight) / 3};
    double pr =
        recall[0] * precision[0]
            + (recall[1] - recall[0]) * precision[1]
            + (recall[2] - recall[1]) * precision[2];
    double falseRate = (1 - weight) / (6 - positives);
    double roc = falseRate * recall[0] / 2 + (1 - falseRate);

    // When
    VolumeUnderSurface volume = VolumeUnderSurface.of(LATE, ONE_RANGE, 2, 6);

    // Then windows 0 and 1 have no buffer yet and give the point-wise areas
    assertThat(volume.pr()).isCloseTo((2 * (7.0 / 12) + pr) / 3, within(1e-15));
    assertThat(volume.roc()).isCloseTo((2 * 0.75 + roc) / 3, within(1e-15));
  }

  @Test
  void shouldGiveRecallTheShareOfRangesFound() {
    // Given two ranges of one point, of which the higher threshold finds one
    boolean[] labels = {true, false, false, true};
    double[] scores = {1, 0, 0, 0};

    // When
    VolumeUnderSurface volume = VolumeUnderSurface.of(scores, labels, 0, 2);

    // Then recall there is half times half, and the rest is gained at precision 2/4
    assertThat(volume.pr()).isCloseTo(0.25 * 1 + 0.75 * 0.5, within(1e-15));
    assertThat(volume.roc()).isCloseTo((0.25 + 1) / 2, within(1e-15));
  }

  @Test
  void shouldTakeRangesWhoseBuffersMeetAsOne() {
    // Given the ranges above with one normal point between them, and a window that fills it
    boolean[] labels = {true, false, true, false};
    double[] scores = {1, 0, 0, 0};

    // When
    VolumeUnderSurface volume = VolumeUnderSurface.of(scores, labels, 2, 2);

    // Then at window 2 finding one is finding both; the point between them weighs 1, not 2
    // sqrt(1/2)
    double separate = 0.25 * 1 + 0.75 * 0.5;
    double joined = 0.5 * 1 + 0.5 * ((3 + Math.sqrt(0.5)) / 4);
    assertThat(volume.pr()).isCloseTo((2 * separate + joined) / 3, within(1e-15));
  }

  @Test
  void shouldCreditNearMissesMoreThanFarOnes() {
    // Given a series of 100 points with a range in the middle
    boolean[] labels = labels(100, 50, 54);

    // When the only alert comes 2, 8 or 30 points after it
    double near = VolumeUnderSurface.of(alertAt(56, 100), labels, 20).pr();
    double far = VolumeUnderSurface.of(alertAt(62, 100), labels, 20).pr();
    double off = VolumeUnderSurface.of(alertAt(84, 100), labels, 20).pr();

    // Then
    assertThat(near).isGreaterThan(far);
    assertThat(far).isGreaterThan(off);
  }

  @Test
  void shouldTakeScoresOfModelsAlike() {
    // Given the same scores as float and as double
    float[] narrow = {0.1f, 0.2f, 0.8f, 0.7f, 0.9f, 0.0f};
    double[] wide = {0.1f, 0.2f, 0.8f, 0.7f, 0.9f, 0.0f};

    // When
    VolumeUnderSurface volume = VolumeUnderSurface.of(narrow, ONE_RANGE, 4);

    // Then
    assertThat(volume).isEqualTo(VolumeUnderSurface.of(wide, ONE_RANGE, 4));
  }

  @Test
  void shouldHaveNoFigureUnlessThereArePointsOfBothKinds() {
    // Given
    VolumeUnderSurface none = new VolumeUnderSurface(Double.NaN, Double.NaN);

    // When / Then
    assertThat(VolumeUnderSurface.of(new double[2], new boolean[] {false, false}, 5))
        .isEqualTo(none);
    assertThat(VolumeUnderSurface.of(new double[2], new boolean[] {true, true}, 5)).isEqualTo(none);
    assertThat(VolumeUnderSurface.of(new double[0], new boolean[0], 5)).isEqualTo(none);
  }

  @Test
  void shouldRejectImpossibleSettings() {
    // Given
    double[] scores = new double[6];

    // When / Then
    assertThatThrownBy(() -> VolumeUnderSurface.of(scores, ONE_RANGE, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("window is -1; it must be 0 or more");
    assertThatThrownBy(() -> VolumeUnderSurface.of(scores, ONE_RANGE, 5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("thresholds is 1; it must be 2 or more");
  }

  private static boolean[] labels(int length, int first, int last) {
    boolean[] labels = new boolean[length];
    IntStream.rangeClosed(first, last).forEach(i -> labels[i] = true);
    return labels;
  }

  private static double[] alertAt(int point, int length) {
    double[] scores = new double[length];
    scores[point] = 1;
    return scores;
  }
}
