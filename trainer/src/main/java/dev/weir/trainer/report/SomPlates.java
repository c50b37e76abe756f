package dev.weir.trainer.report;

import dev.weir.model.feature.Feature;
import dev.weir.trainer.preprocessing.FeatureValues;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.som.SomGrid;
import dev.weir.trainer.som.SomMap;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Pictures of a self-organising map: the unified distance matrix, where the training rows fell, and
 * a component plane for each feature. For rectangular and hexagonal grids.
 *
 * <p>The page holds each plate's values as text, two letters a cell, and its script draws them as
 * SVG: outlines would be twenty times as long. Colours are classes of {@link #css()}, which follows
 * light and dark.
 */
public final class SomPlates {
  private static final int MOST_SINGLE_CELLS = 20_000;
  private static final String DISTANCE = "distance";
  private static final String VALUE = "value";

  private final SomMap map;
  private final Preprocessor preprocessor;
  private final boolean single;

  private SomPlates(SomMap map, Preprocessor preprocessor) {
    this.map = map;
    this.preprocessor = preprocessor;
    single = (long) map.grid().cells() * (preprocessor.width() + 2) <= MOST_SINGLE_CELLS;
  }

  /** The style sheet of the pictures, for the page's own. */
  public static String css() {
    return Resources.text("som.css");
  }

  /** All pictures, with what they show, as a part of a page that has {@link #css()}. */
  public static String html(SomMap map, Preprocessor preprocessor) {
    return new SomPlates(map, preprocessor).html();
  }

  private String html() {
    SomGrid grid = map.grid();
    return String.format(
            Locale.ROOT,
            "<p>%s grid of %d × %d cells, numbered row by row from 0 at the top left."
                + " Quantisation error %s in training, %s in validation; topographic error %.1f %%"
                + " and %.1f %%: the share of rows whose best two cells are not side by side.</p>%n",
            grid.shape().name().charAt(0)
                + grid.shape().name().substring(1).toLowerCase(Locale.ROOT),
            grid.rows(),
            grid.columns(),
            Html.number(map.training().quantisation()),
            Html.number(map.validation().quantisation()),
            100 * map.training().topographic(),
            100 * map.validation().topographic())
        + "<div class='map' data-shape='"
        + grid.shape().name().toLowerCase(Locale.ROOT)
        + "' data-columns='"
        + grid.columns()
        + "' data-single='"
        + single
        + "'>\n<div class='som'>\n"
        + distances()
        + hits()
        + "</div>\n<p>What each cell expects of a feature, in the feature's own units"
        + (map.size() > preprocessor.columnCount() ? ", of a window's newest row" : "")
        + ".</p>\n<div class='som planes'>\n"
        + planes()
        + "</div>\n</div>\n";
  }

  private String distances() {
    return plate(
        DISTANCE,
        "U-matrix: how far each cell is from those beside it; high values are walls",
        map.unifiedDistances(),
        List.of());
  }

  private String hits() {
    double[] hits = IntStream.range(0, map.grid().cells()).mapToDouble(map::hits).toArray();
    return plate(DISTANCE, "Hits: how many training rows each cell won", hits, List.of());
  }

  private String planes() {
    int cells = map.grid().cells();
    float[] weights = map.weights();
    double[][] planes = new double[preprocessor.width()][cells];
    for (int cell = 0; cell < cells; cell++) {
      int newest = (cell + 1) * map.size() - preprocessor.columnCount();
      float[] values = FeatureValues.of(preprocessor, weights, newest);
      for (int j = 0; j < values.length; j++) {
        planes[j][cell] = values[j];
      }
    }
    StringBuilder html = new StringBuilder();
    for (int j = 0; j < planes.length; j++) {
      Feature feature = preprocessor.features().features().get(j);
      html.append(plate(VALUE, feature.name(), planes[j], feature.categories()));
    }
    return html.toString();
  }

  /**
   * One picture.
   *
   * @param categories what the values are called from 1 on; empty if they are numbers
   */
  private String plate(String kind, String title, double[] values, List<String> categories) {
    Levels levels = Levels.of(values);
    Words words = words(categories);
    return "<figure class='"
        + kind
        + "'><figcaption>"
        + Html.escape(title)
        + "</figcaption>\n"
        + String.format(
            Locale.ROOT,
            "<svg viewBox='%s' role='img' aria-label='%s' data-least='%s' data-low='%s'"
                + " data-high='%s' data-most='%s'%s data-cells='%s'></svg>%n",
            CellShape.of(map.grid()).viewBox(),
            Html.escape(title + ": " + words.of(levels.least()) + " to " + words.of(levels.most())),
            levels.least(),
            levels.low(),
            levels.high(),
            levels.most(),
            categories.isEmpty()
                ? ""
                : " data-categories='" + Html.escape(Json.text(categories)) + "'",
            QuantisedValues.text(values, levels.least(), levels.most()))
        + "<div class='legend'>"
        + legend(levels, words)
        + "</div></figure>\n";
  }

  /** Writes a value. */
  private interface Words {
    String of(double value);
  }

  private static Words words(List<String> categories) {
    return categories.isEmpty()
        ? Html::number
        : value -> value < 1 ? "(other)" : categories.get((int) Math.round(value) - 1);
  }

  private static String legend(Levels levels, Words words) {
    if (levels.low() == levels.high()) {
      return "<span>" + Html.escape(words.of(levels.low())) + " everywhere</span>";
    }
    return "<span>"
        + (levels.least() < levels.low() ? "≤ " : "")
        + Html.escape(words.of(levels.low()))
        + "</span><i></i><span>"
        + (levels.most() > levels.high() ? "≥ " : "")
        + Html.escape(words.of(levels.high()))
        + "</span>";
  }

  /**
   * From values to colours. So that a few wild cells do not leave one colour to all others, the
   * outermost hundredths share the ends of the scale with their neighbours.
   *
   * @param least of all values
   * @param low from which on colours change
   * @param high up to which colours change
   * @param most of all values
   */
  private record Levels(double least, double low, double high, double most) {
    private static final double OUTERMOST = 0.01;

    static Levels of(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int last = sorted.length - 1;
      int cut = (int) (OUTERMOST * last);
      double low = sorted[cut];
      double high = sorted[last - cut];
      // Nearly all are equal: then it is the others that are worth seeing.
      return low == high
          ? new Levels(sorted[0], sorted[0], sorted[last], sorted[last])
          : new Levels(sorted[0], low, high, sorted[last]);
    }
  }
}
