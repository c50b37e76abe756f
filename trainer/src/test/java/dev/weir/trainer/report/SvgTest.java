package dev.weir.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class SvgTest {

  @Test
  void shouldDrawLineFromCornerToCorner() throws Exception {
    // When
    String svg = chart(false, new double[] {0, 10}, new double[] {5, 25}, List.of());

    // Then the plot is 64 to 624 wide and 220 down to 12 high
    assertThat(svg).contains("points='64.0,220.0 624.0,12.0 '");
    assertThat(parse(svg).getElementsByTagName("polyline").getLength()).isEqualTo(1);
  }

  @Test
  void shouldSpaceDecadesEvenlyOnLogarithmicAxis() {
    // When
    String svg = chart(true, new double[] {1, 2, 3}, new double[] {1, 10, 100}, List.of());

    // Then
    assertThat(svg).contains("points='64.0,220.0 344.0,116.0 624.0,12.0 '");
    assertThat(svg).contains(">1<").contains(">10<").contains(">100<");
  }

  @Test
  void shouldMarkAndName() {
    // When
    String svg =
        chart(
            false, new double[] {0, 2}, new double[] {0, 1}, List.of(new Svg.Mark("threshold", 1)));

    // Then
    assertThat(svg).contains("class='mark' x1='344.0' x2='344.0'").contains(">threshold<");
  }

  @Test
  void shouldDrawOneEpochAndConstantAndZeroLoss() throws Exception {
    // Given
    double[][] losses = {
      {0.5}, {0.5, 0.5, 0.5}, {0, 0, 0}, {0}, {}, {1e20, 1e20}, {-1e-200, 1e-200}, {1, 0, 1e-8}
    };

    for (double[] loss : losses) {
      double[] epochs = new double[loss.length];
      for (int i = 0; i < epochs.length; i++) {
        epochs[i] = i + 1;
      }
      for (boolean logarithmic : new boolean[] {true, false}) {
        // When
        String svg = chart(logarithmic, epochs, loss, List.of());

        // Then
        requireSound(svg);
      }
    }
  }

  @Property(seed = "20260", tries = 500)
  void shouldAlwaysBeSound(
      @ForAll("series") double[] values, @ForAll("wild") double mark, @ForAll boolean logarithmic)
      throws Exception {
    // When
    String svg = chart(logarithmic, values, values, List.of(new Svg.Mark("mark", mark)));

    // Then
    requireSound(svg);
  }

  @Provide
  Arbitrary<double[]> series() {
    return wild().array(double[].class).ofMaxSize(6);
  }

  @Provide
  Arbitrary<Double> wild() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            0.0,
            1.0,
            -1.0,
            1e-300,
            Double.MIN_VALUE,
            1e300,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY),
        Arbitraries.doubles().between(-10, 10));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,1",
    "100,100",
    "0.25,0.25",
    "-3.5,-3.5",
    "0.0004,4.0e-04",
    "2500000,2.5e+06",
    "1000.00001,1000"
  })
  void shouldWriteNumbersShort(double value, String text) {
    // When / Then
    assertThat(Svg.number(value)).isEqualTo(text);
  }

  private static void requireSound(String svg) throws Exception {
    assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
    assertThat(parse(svg).getElementsByTagName("text").getLength()).isBetween(2, 40);
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static String chart(boolean logarithmic, double[] x, double[] y, List<Svg.Mark> marks) {
    return Svg.chart(
        "Title",
        new Svg.Axis("x", false),
        new Svg.Axis("y", logarithmic),
        List.of(new Svg.Line("line", "line", x, y)),
        marks);
  }
}
