package dev.weir.benchmarks.scaling;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * Points and a curve over two logarithmic axes, as an SVG file that needs nothing else. Colours
 * follow the reader's preference for light or dark.
 */
final class LogPlot {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 340;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int TOP = 34;
  private static final int BOTTOM = 52;
  private static final int CURVE_STEPS = 60;
  private static final double MARGIN = 1.25;

  private final String title;
  private final String xTitle;
  private final String yTitle;
  private final double[] x;
  private final double[] y;

  /**
   * A plot.
   *
   * @param x positive
   * @param y positive, as many
   */
  LogPlot(String title, String xTitle, String yTitle, double[] x, double[] y) {
    this.title = title;
    this.xTitle = xTitle;
    this.yTitle = yTitle;
    this.x = x.clone();
    this.y = y.clone();
  }

  /** The plot with a curve through it. */
  String svg(DoubleUnaryOperator curve) {
    double lowX = min(x) / MARGIN;
    double highX = max(x) * MARGIN;
    double lowY = min(y) / MARGIN;
    double highY = max(y) * MARGIN;
    // Two ticks at least, so that the scale can be read.
    if (highY / lowY < 4) {
      lowY /= 2;
      highY *= 2;
    }
    Scale across = new Scale(lowX, highX, LEFT, WIDTH - RIGHT);
    Scale up = new Scale(lowY, highY, HEIGHT - BOTTOM, TOP);
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%1$d" height="%2$d" role="img">
        <title>%s</title>
        <style>
          text { font: 12px sans-serif; fill: #333 }
          .back { fill: #fff } .grid { stroke: #ddd } .axis { stroke: #333 }
          .fit { fill: none; stroke: #c60; stroke-width: 1.5; stroke-dasharray: 5 4 } .point { fill: #06c }
          @media (prefers-color-scheme: dark) {
            text { fill: #ddd } .back { fill: #161b22 } .grid { stroke: #333 } .axis { stroke: #ddd }
            .fit { stroke: #f93 } .point { fill: #5af }
          }
        </style>
        <rect class="back" width="%1$d" height="%2$d"/>
        """
            .formatted(WIDTH, HEIGHT, escaped(title)));
    for (double tick : ticks(lowX, highX)) {
      line(svg, "grid", across.at(tick), TOP, across.at(tick), HEIGHT - BOTTOM);
      text(svg, across.at(tick), HEIGHT - BOTTOM + 17, "middle", number(tick));
    }
    for (double tick : ticks(lowY, highY)) {
      line(svg, "grid", LEFT, up.at(tick), WIDTH - RIGHT, up.at(tick));
      text(svg, LEFT - 6, up.at(tick) + 4, "end", number(tick));
    }
    line(svg, "axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
    line(svg, "axis", LEFT, TOP, LEFT, HEIGHT - BOTTOM);
    curve(svg, curve, across, up);
    for (int i = 0; i < x.length; i++) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"point\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s: %s</title></circle>%n",
              across.at(x[i]),
              up.at(y[i]),
              number(x[i]),
              number(y[i])));
    }
    text(svg, LEFT, 20, "start", title);
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", xTitle);
    svg.append(
        String.format(
            Locale.ROOT,
            "<text transform=\"translate(16 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
            (TOP + HEIGHT - BOTTOM) / 2.0,
            escaped(yTitle)));
    return svg.append("</svg>\n").toString();
  }

  private static void curve(StringBuilder svg, DoubleUnaryOperator curve, Scale across, Scale up) {
    svg.append("<polyline class=\"fit\" points=\"");
    double step = Math.pow(across.high() / across.low(), 1.0 / CURVE_STEPS);
    double at = across.low();
    for (int i = 0; i <= CURVE_STEPS; i++, at *= step) {
      double value = curve.applyAsDouble(at);
      if (value >= up.low() && value <= up.high()) {
        svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", across.at(at), up.at(value)));
      }
    }
    svg.append("\"/>\n");
  }

  /** 1, 2 and 5 times powers of ten; powers alone where there would be many. */
  private static double[] ticks(double low, double high) {
    List<Integer> within = Math.log10(high / low) > 2.5 ? List.of(1) : List.of(1, 2, 5);
    double[] ticks = new double[64];
    int count = 0;
    for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      for (int each : within) {
        double tick = each * Math.pow(10, power);
        if (tick >= low && tick <= high && count < ticks.length) {
          ticks[count++] = tick;
        }
      }
    }
    return Arrays.copyOf(ticks, count);
  }

  private static void line(
      StringBuilder svg, String style, double x1, double y1, double x2, double y2) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
            style,
            x1,
            y1,
            x2,
            y2));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            escaped(words)));
  }

  private static String number(double value) {
    if (value >= 1e6) {
      return String.format(Locale.ROOT, "%.3g M", value / 1e6).replaceAll("\\.0+ M", " M");
    }
    return value >= 10
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static double min(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  /** From values to places on the paper. */
  private record Scale(double low, double high, double from, double to) {
    double at(double value) {
      return from + (to - from) * Math.log(value / low) / Math.log(high / low);
    }
  }
}
