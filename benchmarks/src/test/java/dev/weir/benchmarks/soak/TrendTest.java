package dev.weir.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void shouldFindALine() {
    Trend trend = trend(3600, second -> 7 + second * 5.0 / 3600);

    assertThat(trend.perHour()).isCloseTo(5, within(1e-9));
    assertThat(trend.margin()).isLessThan(1e-6);
  }

  /** A walk at random looks like growth; the interval must say that it may be none. */
  @Test
  void shouldHaveTheTrueSlopeInItsIntervalMostly() {
    int within = 0;
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      double[] state = new double[1];
      Trend trend =
          trend(
              900,
              second -> {
                state[0] = 0.8 * state[0] + random.nextGaussian();
                return 800 + second * 10.0 / 3600 + state[0];
              });
      if (Math.abs(trend.perHour() - 10) <= trend.margin()) {
        within++;
      }
    }

    assertThat(within).isBetween(180, 199);
  }

  @Test
  void shouldNotSayAnythingOfTooFewSamples() {
    assertThat(trend(39, second -> second).perHour()).isNaN();
  }

  private static Trend trend(int seconds, IntToDoubleFunction value) {
    long[] nanos = new long[seconds];
    double[] values = new double[seconds];
    for (int i = 0; i < seconds; i++) {
      nanos[i] = 5 + i * SECOND;
      values[i] = value.applyAsDouble(i);
    }
    return Trend.of(nanos, values);
  }
}
