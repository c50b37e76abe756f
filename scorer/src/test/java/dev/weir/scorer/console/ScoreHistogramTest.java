package dev.weir.scorer.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.calibration.Calibration;
import dev.weir.model.calibration.ParetoTail;
import dev.weir.scorer.fixture.TinyManifest;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScoreHistogramTest {
  private static final Calibration CALIBRATION = TinyManifest.ofThreeFeatures().calibration();
  private static final double THRESHOLD = TinyManifest.THRESHOLD;

  private final ScoreHistogram histogram = new ScoreHistogram(CALIBRATION, THRESHOLD);

  @Test
  void shouldCountEveryScoreOnce() {
    DoubleStream.of(0, 1e-9, 1, 5, 9, THRESHOLD, 1e9, Double.POSITIVE_INFINITY, Double.NaN, -4)
        .forEach(histogram::record);

    long[] counts = histogram.counts();
    assertThat(LongStream.of(counts).sum()).isEqualTo(10);
    assertThat(counts[counts.length - 1]).as("far beyond, or no number").isEqualTo(3);
    assertThat(counts[0]).as("far below").isEqualTo(3);
  }

  @Test
  void shouldExpectOfNormalRecordsWhatTheCalibrationSays() {
    double[] expected = histogram.expected();
    double[] edges = histogram.edges();

    assertThat(DoubleStream.of(expected).sum()).isCloseTo(1, within(1e-9));
    assertThat(DoubleStream.of(expected).min().orElseThrow()).isNotNegative();
    for (int i = 1; i < expected.length - 1; i++) {
      assertThat(expected[i])
          .isCloseTo(
              CALIBRATION.exceedance(edges[i]) - CALIBRATION.exceedance(edges[i + 1]),
              within(1e-9));
    }
  }

  @Test
  void shouldReachWellBeyondTheThreshold() {
    double[] edges = histogram.edges();

    assertThat(edges).isSorted();
    assertThat(edges[0]).isGreaterThan(0).isLessThan(0.01);
    assertThat(edges[edges.length - 1]).isGreaterThan(1.5 * THRESHOLD);
    assertThat(edges).contains(THRESHOLD);
    assertThat(histogram.isLogarithmic()).isTrue();
  }

  @Test
  void shouldTellScoresAtTheThresholdFromThoseJustBelow() {
    assertThat(histogram.bin(THRESHOLD)).isEqualTo(histogram.bin(Math.nextDown(THRESHOLD)) + 1);
    assertThat(histogram.edges()[histogram.bin(THRESHOLD)]).isEqualTo(THRESHOLD);
  }

  @Test
  void shouldNotTakeLogarithmsOfScoresBelowZero() {
    Calibration below = new Calibration(new double[] {-20, -10}, new ParetoTail(-10, 0.1, 0, 1), 9);

    ScoreHistogram of = new ScoreHistogram(below, -7);
    of.record(-15);

    assertThat(of.isLogarithmic()).isFalse();
    assertThat(of.edges()).isSorted();
    assertThat(of.edges()[of.edges().length - 1]).isGreaterThan(-7);
    assertThat(LongStream.of(of.counts()).sum()).isEqualTo(1);
  }

  @Test
  void shouldHaveBinsIfAllNormalScoresAreTheSame() {
    Calibration same = new Calibration(new double[] {0, 0}, new ParetoTail(0, 0.1, 0, 1e-12), 9);

    ScoreHistogram of = new ScoreHistogram(same, 0);
    of.record(0.5);

    assertThat(of.edges()).isSorted().doesNotHaveDuplicates();
    assertThat(Arrays.stream(of.counts()).sum()).isEqualTo(1);
  }
}
