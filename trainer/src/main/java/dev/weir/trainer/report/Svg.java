package dev.weir.trainer.report;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** Line charts as inline SVG; colours come from the page, so that they follow light and dark. */
final class Svg {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 260;
  private static final int LEFT = 64;
  private static final int BOTTOM = 40;
  private static final int TOP = 12;
  private static final int RIGHT = 16;
  private static final int LINE_HEIGHT = 15;

  private Svg() {}

  /**
   * A line.
   *
   * @param name for the legend
   * @param style a class of the page's style sheet
   */
  @SuppressWarnings("ArrayRecordComponent") // drawn once and thrown away
  record Line(String name, String style, double[] x, double[] y) {}

  /** A labelled vertical mark. */
  record Mark(String name, double x) {}

  /** An axis. What is not above zero stands at the low end of a logarithmic one. */
  record Axis(String name, boolean logarithmic) {}

  /** A chart of some lines, with marks on the x axis. */
  static String chart(String title, Axis xAxis, Axis yAxis, List<Line> lines, List<Mark> marks) {
    Scale x = Scale.of(lines.stream().map(Line::x).toList(), marks, xAxis.logarithmic());
    Scale y = Scale.of(lines.stream().map(Line::y).toList(), List.of(), yAxis.logarithmic());
    DoubleUnaryOperator toX = v -> LEFT + x.share(v) * (WIDTH - LEFT - RIGHT);
    DoubleUnaryOperator toY = v -> HEIGHT - BOTTOM - y.share(v) * (HEIGHT - TOP - BOTTOM);
    StringBuilder svg = new StringBuilder();
    svg.append(text("<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>", WIDTH, HEIGHT, title));
    for (double tick : y.ticks()) {
      double at = toY.applyAsDouble(tick);
      svg.append(
          text(
              "<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>",
              LEFT, WIDTH - RIGHT, at, at));
      svg.append(
          text(
              "<text x='%d' y='%.1f' text-anchor='end'>%s</text>", LEFT - 6, at + 4, number(tick)));
    }
    for (double tick : x.ticks()) {
      svg.append(
          text(
              "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>",
              toX.applyAsDouble(tick), HEIGHT - BOTTOM + 16, number(tick)));
    }
    for (Line line : lines) {
      svg.append(text("<polyline class='%s' points='", line.style()));
      for (int i = 0; i < line.x().length; i++) {
        if (!Double.isNaN(line.x()[i]) && !Double.isNaN(line.y()[i])) {
          svg.append(
              text("%.1f,%.1f ", toX.applyAsDouble(line.x()[i]), toY.applyAsDouble(line.y()[i])));
        }
      }
      svg.append("'/>");
    }
    int labelY = TOP + 10;
    for (Mark mark : marks) {
      if (!Double.isFinite(mark.x())) {
        continue;
      }
      double at = toX.applyAsDouble(mark.x());
      svg.append(
          text(
              "<line class='mark' x1='%.1f' x2='%.1f' y1='%d' y2='%d'/>",
              at, at, TOP, HEIGHT - BOTTOM));
      svg.append(text("<text x='%.1f' y='%d'>%s</text>", at + 4, labelY, mark.name()));
      labelY += LINE_HEIGHT;
    }
    svg.append(
        text(
            "<text x='%d' y='%d' text-anchor='middle'>%s</text>",
            WIDTH / 2, HEIGHT - 6, xAxis.name()));
    svg.append(
        text(
            "<text transform='rotate(-90)' x='%d' y='12' text-anchor='middle'>%s</text></svg>",
            -HEIGHT / 2 + BOTTOM / 2, yAxis.name()));
    return svg.toString();
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  static String number(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e6)) {
      return text("%.1e", value);
    }
    return text("%.4f", value).replaceAll("\\.?0+$", "");
  }

  /** Where values lie between the ends of an axis. */
  private record Scale(double low, double high, boolean logarithmic) {

    static Scale of(List<double[]> series, List<Mark> marks, boolean logarithmic) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double[] values : series) {
        for (double value : values) {
          if (Double.isFinite(value) && (!logarithmic || value > 0)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
          }
        }
      }
      for (Mark mark : marks) {
        if (Double.isFinite(mark.x()) && (!logarithmic || mark.x() > 0)) {
          low = Math.min(low, mark.x());
          high = Math.max(high, mark.x());
        }
      }
      if (low > high) {
        // Nothing to show: a loss of zero on a logarithmic axis, say.
        low = logarithmic ? 1 : 0;
        high = low;
      }
      if (logarithmic) {
        return new Scale(
            Math.floor(Math.log10(low)),
            Math.max(Math.ceil(Math.log10(high)), Math.floor(Math.log10(low)) + 1),
            true);
      }
      double least = Math.max(Math.abs(low) * 1e-9, 1e-300);
      return new Scale(low, high - low > least ? high : low + Math.max(1, Math.abs(low)), false);
    }

    double share(double value) {
      double v = logarithmic ? Math.log10(Math.max(value, 1e-300)) : value;
      return Math.max(0, Math.min(1, (v - low) / (high - low)));
    }

    double[] ticks() {
      if (logarithmic) {
        int step = Math.max(1, (int) (high - low) / 6);
        double[] ticks = new double[(int) (high - low) / step + 1];
        for (int i = 0; i < ticks.length; i++) {
          ticks[i] = Math.pow(10, low + i * step);
        }
        return ticks;
      }
      double rough = (high - low) / 5;
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double step = power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : 5);
      double first = Math.ceil(low / step) * step;
      double[] ticks = new double[(int) ((high - first) / step + 1e-9) + 1];
      for (int i = 0; i < ticks.length; i++) {
        ticks[i] = first + i * step;
      }
      return ticks;
    }
  }
}
