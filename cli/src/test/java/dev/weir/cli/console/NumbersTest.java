package dev.weir.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.25      | 1 in 4
          0.001     | 1 in 1,000
          0.000123  | 1 in 8,100
          3.17e-6   | 1 in 320,000
          1e-12     | less than 1 in 1,000,000
          0.9       | 90 %
          1         | 100 %
          """)
  void shouldWriteProbabilitiesAsOdds(double probability, String odds) {
    assertThat(Numbers.odds(probability)).isEqualTo(odds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0         | 0
          12.3456   | 12.35
          100       | 100
          1234567   | 1234567
          0.5       | 0.5
          -3.25     | -3.25
          0.00001   | 1.00e-05
          2.5e12    | 2.50e+12
          """)
  void shouldWriteValuesAsPeopleReadThem(double value, String text) {
    assertThat(Numbers.value(value)).isEqualTo(text);
  }

  @Test
  void shouldTellNearValuesApart() {
    assertThat(Numbers.apart(1, 2)).containsExactly("1", "2");
    assertThat(Numbers.apart(1700000000000.0, 1700000086400.0))
        .containsExactly("1700000000000", "1700000086400");
    assertThat(Numbers.apart(5, 5)).containsExactly("5", "5");
  }

  @Test
  void shouldWriteDurationsInTheirUnit() {
    assertThat(Numbers.duration(Duration.ofMillis(850))).isEqualTo("850 ms");
    assertThat(Numbers.duration(Duration.ofMillis(12_340))).isEqualTo("12.3 s");
    assertThat(Numbers.duration(Duration.ofSeconds(245))).isEqualTo("4 min 5 s");
  }
}
