package dev.weir.scorer.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.schemas.Severity;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeveritiesTest {

  @ParameterizedTest
  @CsvSource({
    "1e-4, LOW",
    "2e-5, LOW",
    "9e-6, MEDIUM",
    "2e-6, MEDIUM",
    "9e-7, HIGH",
    "2e-7, HIGH",
    "9e-8, CRITICAL",
    "1e-12, CRITICAL"
  })
  void shouldRiseByOneForEachFactorOfTen(double probability, Severity severity) {
    assertThat(Severities.of(probability, 1e-4)).isEqualTo(severity);
  }

  @ParameterizedTest
  @CsvSource({"0.5, LOW", "0.05, MEDIUM", "0.005, HIGH", "0.0005, CRITICAL"})
  void shouldCountABoundToTheHigherBand(double probability, Severity severity) {
    assertThat(Severities.of(probability, 0.5)).isEqualTo(severity);
  }

  @Property
  void shouldNeverFallWhenARecordIsRarer(
      @ForAll @DoubleRange(min = 0, max = 1) @Scale(15) double one,
      @ForAll @DoubleRange(min = 0, max = 1) @Scale(15) double other,
      @ForAll @DoubleRange(min = 1e-9, max = 0.5) @Scale(15) double rate) {
    Severity rarer = Severities.of(Math.min(one, other), rate);
    Severity commoner = Severities.of(Math.max(one, other), rate);

    assertThat(rarer).isGreaterThanOrEqualTo(commoner);
  }
}
