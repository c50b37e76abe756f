package dev.weir.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamAlertsTest {

  @Test
  void shouldBeIndifferentToTheUnitOfTheScores() {
    // Given
    double[] scores = waves(1000, 1);
    double[] inAnotherUnit = waves(1000, 1e4);

    // When
    double[] alerts = StreamAlerts.of(scores, 100, 200);

    // Then
    assertThat(StreamAlerts.of(inAnotherUnit, 100, 200)).containsExactly(alerts, within(1e-4));
  }

  @Test
  void shouldAlertOncePerRise() {
    // Given: a step up that lasts
    double[] scores = waves(400, 1);
    Arrays.fill(scores, 300, 330, 100);

    // When
    double[] alerts = StreamAlerts.of(scores, 100, 200);

    // Then
    double highest = Arrays.stream(alerts).max().orElseThrow();
    assertThat(alerts[300]).isEqualTo(highest);
    assertThat(Arrays.copyOfRange(alerts, 301, 330)).containsOnly(Double.NEGATIVE_INFINITY);
  }

  @Test
  void shouldAlertAgainAfterTheQuietRows() {
    // Given: two equal peaks, near to each other and far
    double[] near = waves(900, 1);
    near[500] = 100;
    near[500 + StreamAlerts.QUIET_ROWS] = 100;
    double[] far = waves(900, 1);
    far[500] = 100;
    far[501 + StreamAlerts.QUIET_ROWS] = 100;

    // Then
    assertThat(StreamAlerts.of(near, 100, 200)[500 + StreamAlerts.QUIET_ROWS])
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(StreamAlerts.of(far, 100, 200)[501 + StreamAlerts.QUIET_ROWS]).isPositive();
  }

  @Test
  void shouldThinkLessOfAPeakWhereTheLevelIsHigh() {
    // Given: the same peak, once after the level has risen for good
    double[] low = waves(2500, 1);
    low[2400] = 100;
    double[] high = waves(2500, 1);
    IntStream.range(800, 2400).forEach(i -> high[i] *= 50);
    high[2400] = 100;

    // Then
    assertThat(StreamAlerts.of(high, 100, 200)[2400])
        .isLessThan(StreamAlerts.of(low, 100, 200)[2400]);
  }

  @Test
  void shouldNotLookAhead() {
    // Given
    double[] scores = waves(600, 1);
    double[] beginning = Arrays.copyOf(scores, 400);

    // Then
    assertThat(Arrays.copyOf(StreamAlerts.of(scores, 100, 200), 400))
        .isEqualTo(StreamAlerts.of(beginning, 100, 200));
  }

  private static double[] waves(int count, double unit) {
    return IntStream.range(0, count).mapToDouble(i -> unit * (1.5 + Math.sin(i / 7.0))).toArray();
  }
}
