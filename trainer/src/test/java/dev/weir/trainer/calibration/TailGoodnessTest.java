package dev.weir.trainer.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.bundle.TailFit;
import dev.weir.model.calibration.ParetoTail;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TailGoodnessTest {

  /** A² is -3 - (1(ln .1 + ln .2) + 3(ln .4 + ln .6) + 5(ln .8 + ln .9)) / 3. */
  @Test
  void shouldComputeAndersonDarlingAndKolmogorovSmirnov() {
    // Given
    double[] uniform = {0.1, 0.4, 0.8};

    // When / Then
    assertThat(TailGoodness.andersonDarling(uniform)).isCloseTo(0.2786308, within(1e-6));
    assertThat(TailGoodness.kolmogorovSmirnov(uniform)).isCloseTo(2 / 3.0 - 0.4, within(1e-12));
    assertThat(TailGoodness.kolmogorovSmirnov(new double[] {0.5, 0.9})).isEqualTo(0.5);
  }

  @Test
  void shouldSayThatTrueTailFits() {
    // Given scores of an exponential tail
    Random random = new Random(3);
    double[] excesses = random.doubles(400).map(u -> -Math.log(1 - u)).toArray();

    // When
    TailFit fit = fit(excesses);

    // Then
    assertThat(fit.excesses()).isEqualTo(400);
    assertThat(fit.pValue()).isGreaterThan(0.1);
    assertThat(fit.meaning()).contains("describes the highest scores well");
  }

  @Test
  void shouldSayThatTwoHumpsDoNotFit() {
    // Given a tail with a gap in the middle, as an incident in the history leaves it
    Random random = new Random(4);
    double[] excesses =
        IntStream.range(0, 300)
            .mapToDouble(i -> i < 200 ? random.nextDouble() : 20 + random.nextDouble())
            .toArray();

    // When
    TailFit fit = fit(excesses);

    // Then
    assertThat(fit.pValue()).isLessThanOrEqualTo(0.01);
    assertThat(fit.meaning()).contains("does not describe");
  }

  /** Under the hypothesis p-values are uniform: of 40, about 4 lie under 0.1. */
  @Test
  void shouldGivePValuesThatAreUniformForTrueTails() {
    // When
    long small =
        IntStream.range(0, 40)
            .mapToObj(
                seed -> new Random(seed).doubles(60).map(u -> (Math.pow(1 - u, -0.2) - 1) / 0.2))
            .map(excesses -> fit(excesses.toArray()))
            .filter(fit -> fit.pValue() < 0.1)
            .count();

    // Then
    assertThat(small).isBetween(0L, 10L);
  }

  @Test
  void shouldSayNothingOfFewScores() {
    assertThat(TailGoodness.of(new ParetoTail(1, 0.1, 0, 1), new double[] {0.5, 2, 3, 4}))
        .isEmpty();
  }

  private static TailFit fit(double[] excesses) {
    ParetoTail tail = ParetoTailFitter.fit(5, 0.02, excesses);
    double[] scores = Arrays.stream(excesses).map(excess -> 5 + excess).toArray();
    return TailGoodness.of(tail, scores).orElseThrow();
  }
}
