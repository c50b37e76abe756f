package dev.weir.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.feature.Transform;
import dev.weir.model.record.FieldPath;
import dev.weir.trainer.config.GridShape;
import dev.weir.trainer.preprocessing.InputColumn;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.som.SomGrid;
import dev.weir.trainer.som.SomMap;
import dev.weir.trainer.som.SomSamples;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class SomPlatesTest {
  private static final String ODD_NAME = "<b>'1\" & 2";

  /** A number in hundredths around 7, and a category. */
  private static final Preprocessor PREPROCESSOR =
      new Preprocessor(
          new FeatureSpec(
              List.of(
                  feature(ODD_NAME, FeatureType.NUMERIC, List.of()),
                  feature("kind", FeatureType.CATEGORICAL, List.of("red", "green")))),
          new float[2],
          List.of(
              new InputColumn(0, InputColumn.Role.NUMBER, 0, 7, 0.01f),
              new InputColumn(1, InputColumn.Role.CATEGORY, 0, 0, 1),
              new InputColumn(1, InputColumn.Role.CATEGORY, 1, 0, 1),
              new InputColumn(1, InputColumn.Role.CATEGORY, 2, 0, 1)),
          10);

  private static Feature feature(String name, FeatureType type, List<String> categories) {
    return new Feature(name, FieldPath.parse("x"), type, Transform.NONE, null, categories);
  }

  /** A map of two by two cells over windows of two rows, of which the newer counts. */
  private static SomMap small(GridShape shape) {
    float[] older = {9, 9, 9, 9};
    float[][] newest = {{0, 0, 1, 0}, {11, 0, 0, 1}, {21, 1, 0, 0}, {30, 0, 0, 1}};
    float[] weights = new float[4 * 8];
    for (int cell = 0; cell < 4; cell++) {
      System.arraycopy(older, 0, weights, cell * 8, 4);
      System.arraycopy(newest[cell], 0, weights, cell * 8 + 4, 4);
    }
    SomSamples samples = SomSamples.of(weights.clone(), 8);
    return SomMap.of(new SomGrid(shape, 2, 2), weights, samples, samples);
  }

  @ParameterizedTest
  @EnumSource(GridShape.class)
  void shouldHoldEachCellsValue(GridShape shape) throws Exception {
    // When
    Document page = parse(SomPlates.html(small(shape), PREPROCESSOR));

    // Then there are a U-matrix, hits and two planes, within half a step
    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(4);
    assertThat(values(page, 1)).containsExactly(1, 1, 1, 1);
    assertThat(values(page, 2))
        .usingComparatorWithPrecision(0.5 * 0.3 / 4095 + 1e-6)
        .containsExactly(7, 7.11, 7.21, 7.3);
    assertThat(values(page, 3)).usingComparatorWithPrecision(1e-3).containsExactly(1, 2, 0, 2);
    assertThat(svg(page, 3).getAttribute("data-categories")).isEqualTo("[\"red\",\"green\"]");
    assertThat(captions(page)).endsWith(ODD_NAME, "kind");
    assertThat(svg(page, 2).getAttribute("aria-label")).isEqualTo(ODD_NAME + ": 7 to 7.3");
    assertThat(svg(page, 3).getAttribute("aria-label")).isEqualTo("kind: (other) to green");
    Element map = (Element) page.getElementsByTagName("div").item(0);
    assertThat(map.getAttribute("data-shape")).isEqualTo(shape.name().toLowerCase(Locale.ROOT));
    assertThat(map.getAttribute("data-columns")).isEqualTo("2");
    assertThat(map.getAttribute("data-single")).isEqualTo("true");
  }

  @Test
  void shouldHaveRoomForHexagonsOfOddRowsHalfACellFurtherRight() throws Exception {
    Document page = parse(SomPlates.html(small(GridShape.HEXAGONAL), PREPROCESSOR));
    assertThat(svg(page, 0).getAttribute("viewBox")).isEqualTo("0 0 25.0 20.2");
  }

  @Test
  void shouldStaySmallWithManyCells() throws Exception {
    // Given 10,000 cells
    float[] weights = new float[10_000 * 4];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 4 == 0 ? i / 4f : 0;
    }
    SomSamples samples = SomSamples.of(new float[4], 4);
    SomMap map = SomMap.of(new SomGrid(GridShape.HEXAGONAL, 100, 100), weights, samples, samples);

    // When
    String html = SomPlates.html(map, PREPROCESSOR);

    // Then
    assertThat(html.length()).isLessThan(4 * (2 * 10_000 + 600) + 1000);
    Document page = parse(html);
    // A hundredth of the cells at each end have the colour of their neighbours.
    assertThat(Double.parseDouble(svg(page, 2).getAttribute("data-low")))
        .isCloseTo(7.99, within(1e-4));
    assertThat(Double.parseDouble(svg(page, 2).getAttribute("data-high")))
        .isCloseTo(106, within(0.02));
    assertThat(html).contains("≤ 7.99").contains("≥ 106").contains("data-single='false'");
    assertThat(values(page, 2)).isSorted();
  }

  @Test
  void shouldHaveStyleForEachColourInLightAndDark() {
    // When
    String css = SomPlates.css();

    // Then
    for (int level = 0; level < 12; level++) {
      assertThat(css.split("\\.som \\.distance \\.q" + level + " ", -1)).hasSize(3);
      assertThat(css).contains(".som .value .q" + level + " ");
    }
  }

  /** What the page's script reads. */
  private static double[] values(Document page, int plate) {
    Element svg = svg(page, plate);
    double least = Double.parseDouble(svg.getAttribute("data-least"));
    double most = Double.parseDouble(svg.getAttribute("data-most"));
    byte[] letters = svg.getAttribute("data-cells").getBytes(StandardCharsets.US_ASCII);
    double[] values = new double[letters.length / 2];
    for (int i = 0; i < values.length; i++) {
      // Base64 packs two letters of six bits, the upper ones first, into a byte and a half.
      byte[] bytes =
          Base64.getDecoder().decode(new byte[] {letters[2 * i], letters[2 * i + 1], 'A', 'A'});
      int step = (bytes[0] & 0xff) << 4 | (bytes[1] & 0xff) >> 4;
      values[i] = least + (most - least) * step / 4095;
    }
    return values;
  }

  private static List<String> captions(Document page) {
    List<String> captions = new ArrayList<>();
    NodeList found = page.getElementsByTagName("figcaption");
    for (int i = 0; i < found.getLength(); i++) {
      captions.add(found.item(i).getTextContent());
    }
    return captions;
  }

  private static Element svg(Document page, int plate) {
    return (Element) page.getElementsByTagName("svg").item(plate);
  }

  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader("<main>" + html + "</main>")));
  }
}
