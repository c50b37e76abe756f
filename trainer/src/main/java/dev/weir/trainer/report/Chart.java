package dev.weir.trainer.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture of some series over two axes, as data that the page's script draws.
 *
 * @param label what is to be seen, in words, for those who do not see it
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series drawn in their order
 * @param marks straight lines across
 */
record Chart(String label, Axis x, Axis y, List<Series> series, List<Mark> marks) {

  /**
   * An axis.
   *
   * @param title what it measures
   * @param log whether it is logarithmic; what is not above zero is then not drawn
   * @param min where it begins; by the data if null
   * @param max where it ends; by the data if null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Axis(String title, boolean log, Double min, Double max) {
    static Axis linear(String title) {
      return new Axis(title, false, null, null);
    }

    static Axis log(String title) {
      return new Axis(title, true, null, null);
    }

    /** From 0 to 1. */
    static Axis share(String title) {
      return new Axis(title, false, 0.0, 1.0);
    }
  }

  /** How a series is drawn. */
  enum Style {
    @JsonProperty("line")
    LINE,
    @JsonProperty("dashed")
    DASHED,
    @JsonProperty("points")
    POINTS,
    /** An area whose upper edge goes by steps, each at its left end's height. */
    @JsonProperty("steps")
    STEPS
  }

  /** One of the page's colours: they follow light and dark. */
  enum Colour {
    @JsonProperty("a")
    BLUE,
    @JsonProperty("b")
    ORANGE,
    @JsonProperty("m")
    RED,
    @JsonProperty("soft")
    GREY
  }

  /** A series of points {@code [x, y]}. */
  record Series(String name, Style style, Colour colour, List<double[]> data) {

    /** Pairs two arrays; points that are not finite are left out. */
    static Series of(String name, Style style, Colour colour, double[] x, double[] y) {
      List<double[]> data = new ArrayList<>();
      for (int i = 0; i < x.length; i++) {
        if (Double.isFinite(x[i]) && Double.isFinite(y[i])) {
          data.add(new double[] {brief(x[i]), brief(y[i])});
        }
      }
      return new Series(name, style, colour, data);
    }
  }

  /** A line across at a place of one axis. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Mark(String name, Double x, Double y) {
    static Mark atX(String name, double x) {
      return new Mark(name, brief(x), null);
    }

    static Mark atY(String name, double y) {
      return new Mark(name, null, brief(y));
    }
  }

  /** Five significant digits are more than a picture shows. */
  private static double brief(double value) {
    return Double.isFinite(value)
        ? Double.parseDouble(String.format(Locale.ROOT, "%.4e", value))
        : value;
  }

  /** The picture with its caption, of plain text. */
  String figure(String caption) {
    return "<figure class='chart'>\n<div role='img' aria-label='"
        + Html.escape(label)
        + "'><canvas></canvas></div>\n<script type='application/json'>"
        + Json.text(this)
        + "</script>\n<figcaption>"
        + Html.escape(caption)
        + "</figcaption>\n</figure>\n";
  }
}
