package dev.weir.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class CalibrationPropertyTest {

  @Property(seed = "20261", tries = 3000)
  void shouldNeverRiseWithScore(
      @ForAll("withTies") Calibration calibration, @ForAll("scores") List<Double> scores) {
    // Given scores everywhere, and the quantiles and their neighbours, where the pieces meet
    double[] quantiles = calibration.quantiles();
    double[] sorted =
        DoubleStream.concat(
                scores.stream().mapToDouble(score -> score),
                DoubleStream.of(quantiles)
                    .flatMap(q -> DoubleStream.of(Math.nextDown(q), q, Math.nextUp(q))))
            .sorted()
            .toArray();

    // Then
    double previous = 1;
    for (double score : sorted) {
      double probability = calibration.exceedance(score);
      assertThat(probability)
          .as("at score %s", score)
          .isBetween(Calibration.SMALLEST_PROBABILITY, previous);
      previous = probability;
    }
  }

  @Property(seed = "20261")
  void shouldInvertExceedance(
      @ForAll("withoutTies") Calibration calibration, @ForAll("probabilities") double probability) {
    assertThat(calibration.exceedance(calibration.scoreAt(probability)) / probability)
        .isCloseTo(1, within(1e-5));
  }

  @Property(seed = "20261")
  void shouldNotGiveMoreFalseAlarmsThanAskedFor(
      @ForAll("withTies") Calibration calibration, @ForAll("probabilities") double probability) {
    assertThat(calibration.exceedance(calibration.scoreAt(probability)))
        .isLessThanOrEqualTo(probability * (1 + 1e-5));
  }

  @Property(seed = "20261")
  void shouldGiveLowerScoreForHigherProbability(
      @ForAll("withTies") Calibration calibration,
      @ForAll("probabilities") double one,
      @ForAll("probabilities") double other) {
    assertThat(calibration.scoreAt(Math.max(one, other)))
        .isLessThanOrEqualTo(Math.nextUp(calibration.scoreAt(Math.min(one, other))));
  }

  @Provide
  Arbitrary<Calibration> withTies() {
    return calibrations(
        Arbitraries.oneOf(Arbitraries.just(0.0), Arbitraries.doubles().between(0, 10).ofScale(6)));
  }

  @Provide
  Arbitrary<Calibration> withoutTies() {
    return calibrations(Arbitraries.doubles().between(0.01, 10).ofScale(6));
  }

  @Provide
  Arbitrary<List<Double>> scores() {
    return Arbitraries.oneOf(
            Arbitraries.doubles().between(-60, 400),
            Arbitraries.doubles().between(-60, 60),
            Arbitraries.longs().map(Double::longBitsToDouble).filter(score -> !score.isNaN()))
        .list()
        .ofMaxSize(30);
  }

  /** Evenly over the orders of magnitude. */
  @Provide
  Arbitrary<Double> probabilities() {
    return Arbitraries.doubles()
        .between(-9, -1e-4)
        .ofScale(6)
        .map(exponent -> Math.pow(10, exponent));
  }

  private static Arbitrary<Calibration> calibrations(Arbitrary<Double> gaps) {
    return Combinators.combine(
            Arbitraries.doubles().between(-50, 50).ofScale(6),
            gaps.list().ofMinSize(1).ofMaxSize(30),
            Arbitraries.doubles().between(1e-4, 0.4).ofScale(8),
            Arbitraries.oneOf(
                Arbitraries.just(0.0), Arbitraries.doubles().between(-0.5, 1).ofScale(8)),
            Arbitraries.doubles().between(0.01, 10).ofScale(6))
        .as(
            (start, steps, rate, shape, scale) -> {
              double[] quantiles = new double[steps.size() + 1];
              quantiles[0] = start;
              for (int i = 0; i < steps.size(); i++) {
                quantiles[i + 1] = quantiles[i] + steps.get(i);
              }
              double threshold = quantiles[quantiles.length - 1];
              return new Calibration(
                  quantiles, new ParetoTail(threshold, rate, shape, scale), 1000);
            });
  }
}
