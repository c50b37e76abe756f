package dev.weir.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class LogPlotTest {
  private final LogPlot plot =
      new LogPlot(
          "cost & keys", "keys", "µs", new double[] {1, 100, 10_000}, new double[] {2, 20, 200});

  @Test
  void shouldPutPointsOfAPowerOnALine() throws Exception {
    // When
    Document svg = parsed(plot.svg(x -> 2 * Math.sqrt(x)));

    // Then
    NodeList points = svg.getElementsByTagName("circle");
    assertThat(points.getLength()).isEqualTo(3);
    double[] x = new double[3];
    double[] y = new double[3];
    for (int i = 0; i < 3; i++) {
      Element point = (Element) points.item(i);
      x[i] = Double.parseDouble(point.getAttribute("cx"));
      y[i] = Double.parseDouble(point.getAttribute("cy"));
    }
    assertThat(x[1] - x[0]).isPositive().isCloseTo(x[2] - x[1], offset());
    assertThat(y[0] - y[1]).isPositive().isCloseTo(y[1] - y[2], offset());
    assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(1);
  }

  @Test
  void shouldLabelItsAxes() throws Exception {
    String text = parsed(plot.svg(x -> x)).getDocumentElement().getTextContent();

    assertThat(text).contains("cost & keys", "10,000", "keys", "µs");
  }

  /** A tenth of a point on the paper is rounded away. */
  private static Offset<Double> offset() {
    return Offset.offset(0.25);
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
