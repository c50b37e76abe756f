package dev.weir.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HtmlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0           | 0
          -0.0        | 0
          1           | 1
          100         | 100
          0.25        | 0.25
          -3.5        | -3.5
          0.0004123   | 0.0004123
          0.00001234  | 1.23e-5
          12345.678   | 12,346
          2500000     | 2,500,000
          1000.00001  | 1,000
          3.14159     | 3.142
          7e12        | 7.00e+12
          NaN         | –
          """)
  void shouldWriteNumbersShort(double value, String text) {
    assertThat(Html.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.001   | 1 in 1,000
          0.000078 | 1 in 13,000
          0.2     | 1 in 5
          0.9     | 90 %
          1e-9    | less than 1 in 1,000,000
          """)
  void shouldWriteOdds(double probability, String text) {
    assertThat(Html.odds(probability)).isEqualTo(text);
  }

  @Test
  void shouldEscapeWhatMarkupIsMadeOf() {
    assertThat(Html.escape("<a href=\"x\" title='&'>"))
        .isEqualTo("&lt;a href=&quot;x&quot; title=&#39;&amp;&#39;&gt;");
  }
}
