package dev.weir.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class PrecisionRecallCurveTest {

  @Test
  void shouldTakeEqualScoresAsOneStep() {
    // Given
    double[] scores = {9, 8, 8, 7, 1};
    boolean[] labels = {true, true, false, false, true};

    // When
    PrecisionRecallCurve curve = PrecisionRecallCurve.of(scores, labels, 100);

    // Then
    assertThat(curve.thresholds()).containsExactly(9, 8, 7, 1);
    assertThat(curve.recall()).containsExactly(1 / 3.0, 2 / 3.0, 2 / 3.0, 1);
    assertThat(curve.precision()).containsExactly(1, 2 / 3.0, 0.5, 0.6);
  }

  @Test
  void shouldHaveAveragePrecisionUnderIt() {
    // Given
    Random random = new Random(5);
    double[] scores = random.doubles(500).toArray();
    boolean[] labels = new boolean[500];
    for (int i = 0; i < 500; i++) {
      labels[i] = random.nextDouble() < scores[i] / 2;
    }

    // When
    PrecisionRecallCurve curve = PrecisionRecallCurve.of(scores, labels, 500);

    // Then
    double area = 0;
    for (int i = 0; i < curve.recall().length; i++) {
      area += curve.precision()[i] * (curve.recall()[i] - (i == 0 ? 0 : curve.recall()[i - 1]));
    }
    assertThat(area).isCloseTo(RankingMetrics.of(scores, labels).averagePrecision(), within(1e-12));
    assertThat(PrecisionRecallCurve.of(scores, labels, 20).recall()).hasSize(20).endsWith(1);
  }

  @Test
  void shouldRefuseLabelsWithoutAnomaly() {
    assertThatThrownBy(() -> PrecisionRecallCurve.of(new double[] {1}, new boolean[] {false}, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing is anomalous");
  }
}
