package dev.weir.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
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
  void shouldDrawEachCellWithItsValue(GridShape shape) throws Exception {
    // When
    Document page = parse(SomPlates.html(small(shape), PREPROCESSOR));

    // Then there are a U-matrix, hits and two planes
    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(4);
    assertThat(page.getElementsByTagName("path").getLength()).isEqualTo(16);
    assertThat(titles(page, 1)).allMatch(title -> title.matches("cell \\d: 1 \\(1 hits\\)"));
    assertThat(titles(page, 2))
        .containsExactly(
            "cell 0: 7 (1 hits)",
            "cell 1: 7.11 (1 hits)",
            "cell 2: 7.21 (1 hits)",
            "cell 3: 7.3 (1 hits)");
    assertThat(titles(page, 3))
        .containsExactly(
            "cell 0: red (1 hits)",
            "cell 1: green (1 hits)",
            "cell 2: (other) (1 hits)",
            "cell 3: green (1 hits)");
    assertThat(captions(page)).endsWith(ODD_NAME, "kind");
  }

  @Test
  void shouldColourFromLowToHigh() throws Exception {
    // When
    Document page = parse(SomPlates.html(small(GridShape.RECTANGULAR), PREPROCESSOR));

    // Then
    assertThat(classes(page, 2)).containsExactly("q0", "q4", "q8", "q11");
    assertThat(classes(page, 1)).as("all alike").containsOnly("q0");
  }

  @Test
  void shouldDrawHexagonsOfEvenRowsHalfACellFurtherRight() throws Exception {
    // When
    Document page = parse(SomPlates.html(small(GridShape.HEXAGONAL), PREPROCESSOR));

    // Then the view is two and a half cells wide
    assertThat(attributes(page, 0, "d"))
        .extracting(path -> path.substring(0, path.indexOf('l')))
        .containsExactly("M5 0.0", "M15 0.0", "M10 8.7", "M20 8.7");
    Element svg = (Element) page.getElementsByTagName("svg").item(0);
    assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 25.0 20.2");
  }

  @Test
  void shouldDrawManyCellsAsOneShapeForEachColour() throws Exception {
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
    Document page = parse(html);
    assertThat(titles(page, 2)).hasSize(12);
    // A hundredth of the cells at each end have the colour of their neighbours.
    assertThat(titles(page, 2).get(0)).isEqualTo("7 to 16.15 (916 cells)");
    assertThat(String.join("", attributes(page, 2, "d")).chars().filter(c -> c == 'M').count())
        .isEqualTo(10_000);
    assertThat(html).contains("≤ 7.99").contains("≥ 106");
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

  private static List<String> titles(Document page, int plate) {
    List<String> titles = new ArrayList<>();
    NodeList found = plate(page, plate).getElementsByTagName("title");
    for (int i = 0; i < found.getLength(); i++) {
      titles.add(found.item(i).getTextContent());
    }
    return titles;
  }

  private static List<String> classes(Document page, int plate) {
    return attributes(page, plate, "class");
  }

  private static List<String> attributes(Document page, int plate, String name) {
    List<String> values = new ArrayList<>();
    NodeList found = plate(page, plate).getElementsByTagName("path");
    for (int i = 0; i < found.getLength(); i++) {
      values.add(((Element) found.item(i)).getAttribute(name));
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

  private static Element plate(Document page, int index) {
    return (Element) page.getElementsByTagName("figure").item(index);
  }

  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader("<main>" + html + "</main>")));
  }
}
