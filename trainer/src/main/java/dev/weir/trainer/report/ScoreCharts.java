package dev.weir.trainer.report;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.calibration.Calibration;
import dev.weir.model.calibration.ParetoTail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The pictures of the calibration scores. */
final class ScoreCharts {
  private static final int BINS = 60;
  private static final int POINTS = 160;

  /** A tail that reaches beyond so many times its start is drawn on logarithmic axes. */
  private static final int WIDE = 10;

  private final Manifest manifest;
  private final Calibration calibration;
  private final ParetoTail tail;
  private final double[] sorted;
  private final boolean logarithmic;

  /**
   * Draws scores.
   *
   * @param sorted the calibration scores, ascending
   */
  ScoreCharts(Manifest manifest, double[] sorted) {
    this.manifest = manifest;
    this.sorted = sorted;
    calibration = manifest.calibration();
    tail = calibration.tail();
    logarithmic = sorted[0] > 0;
  }

  private Chart.Axis scoreAxis() {
    return axis("score", logarithmic);
  }

  private static Chart.Axis axis(String title, boolean logarithmic) {
    return logarithmic ? Chart.Axis.log(title) : Chart.Axis.linear(title);
  }

  private List<Chart.Mark> marks() {
    return List.of(
        Chart.Mark.atX("tail", tail.threshold()),
        Chart.Mark.atX("threshold", manifest.threshold().score()));
  }

  /** How many scores lie in each of some bins, and how many the fitted tail expects there. */
  String histogram() {
    double end = Math.max(sorted[sorted.length - 1], manifest.threshold().score());
    double[] edges = edges(sorted[0], end);
    double[] counts = new double[edges.length];
    for (double score : sorted) {
      counts[bin(edges, score)]++;
    }
    List<double[]> steps = new ArrayList<>();
    List<double[]> fitted = new ArrayList<>();
    for (int i = 0; i < edges.length - 1; i++) {
      steps.add(new double[] {edges[i], counts[i]});
      if (edges[i] >= tail.threshold()) {
        double share = tail.exceedance(edges[i]) - tail.exceedance(edges[i + 1]);
        double middle =
            logarithmic ? Math.sqrt(edges[i] * edges[i + 1]) : (edges[i] + edges[i + 1]) / 2;
        fitted.add(new double[] {middle, share * sorted.length});
      }
    }
    steps.add(new double[] {edges[edges.length - 1], 0});
    return new Chart(
            "Histogram of " + sorted.length + " calibration scores with the fitted tail",
            scoreAxis(),
            new Chart.Axis("rows", true, 0.5, null),
            List.of(
                series("calibration rows", Chart.Style.STEPS, Chart.Colour.BLUE, steps),
                series("fitted tail", Chart.Style.LINE, Chart.Colour.ORANGE, fitted)),
            marks())
        .figure(
            "How many rows score how high. The line is what the fitted tail expects; it should run"
                + " along the top of the steps.");
  }

  private double[] edges(double from, double to) {
    double[] edges = new double[BINS + 1];
    // All scores equal: a bin around them.
    double end = to > from ? to : from + Math.max(Math.abs(from), 1) * 1e-3;
    for (int i = 0; i <= BINS; i++) {
      double share = (double) i / BINS;
      edges[i] = logarithmic ? from * Math.pow(end / from, share) : from + (end - from) * share;
    }
    edges[0] = from;
    edges[BINS] = end;
    return edges;
  }

  private static int bin(double[] edges, double score) {
    int found = Arrays.binarySearch(edges, score);
    int bin = found >= 0 ? found : -found - 2;
    return Math.max(0, Math.min(edges.length - 2, bin));
  }

  /** How often a score is reached: counted, and by the calibration. */
  String exceedance() {
    double lowest = Math.min(manifest.threshold().falseAlarmRate(), 1.0 / sorted.length) / 10;
    double[] probabilities = new double[POINTS];
    double[] scores = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      double rarest = Math.max(lowest, Calibration.SMALLEST_PROBABILITY);
      probabilities[i] = 0.999 * Math.pow(rarest / 0.999, (double) i / (POINTS - 1));
      scores[i] = calibration.scoreAt(probabilities[i]);
    }
    List<double[]> counted = new ArrayList<>();
    int last = -1;
    for (int i = 0; i < POINTS; i++) {
      int above =
          (int) Math.round(sorted.length * Math.pow(1.0 / sorted.length, i / (POINTS - 1.0)));
      int rank = sorted.length - Math.max(1, above);
      if (rank != last) {
        counted.add(new double[] {sorted[rank], (double) (sorted.length - rank) / sorted.length});
        last = rank;
      }
    }
    return new Chart(
            "Probability that a normal row reaches a score; "
                + Html.number(manifest.threshold().falseAlarmRate())
                + " at the threshold",
            scoreAxis(),
            Chart.Axis.log("share of normal rows"),
            List.of(
                Chart.Series.of(
                    "calibration", Chart.Style.LINE, Chart.Colour.ORANGE, scores, probabilities),
                series("counted", Chart.Style.POINTS, Chart.Colour.BLUE, counted)),
            marks())
        .figure(
            "How large a share of normal rows reaches a score: this is how a score becomes a"
                + " probability. Beyond the last point the line is all there is.");
  }

  /** The tail's scores against those that the fit expects. */
  String quantiles() {
    int first = 0;
    while (first < sorted.length && sorted[first] <= tail.threshold()) {
      first++;
    }
    int n = sorted.length - first;
    if (n == 0) {
      return "";
    }
    List<double[]> points = new ArrayList<>();
    int step = Math.max(1, n / POINTS);
    // The highest ones are what matters, so the steps are counted from there.
    for (int above = 0; above < n; above += above < POINTS / 2 ? 1 : step) {
      double exceedance = (above + 0.5) / n * tail.exceedanceRate();
      points.add(new double[] {tail.scoreAt(exceedance), sorted[sorted.length - 1 - above]});
    }
    double end = points.stream().flatMapToDouble(Arrays::stream).max().orElse(tail.threshold());
    List<double[]> diagonal =
        List.of(new double[] {tail.threshold(), tail.threshold()}, new double[] {end, end});
    boolean wide = tail.threshold() > 0 && end > WIDE * tail.threshold();
    return new Chart(
            "Quantiles of the " + n + " scores in the tail against those of the fit",
            axis("score by the fit", wide),
            axis("actual score", wide),
            List.of(
                series("as fitted", Chart.Style.DASHED, Chart.Colour.GREY, diagonal),
                series("scores in the tail", Chart.Style.POINTS, Chart.Colour.BLUE, points)),
            List.of())
        .figure(
            "The highest scores against what the fitted tail expects of them (Q-Q plot). On the"
                + " dashed line the fit is perfect; points above it at the right mean that rare"
                + " scores are higher than the fit expects, and false alarms more frequent than"
                + " asked.");
  }

  private static Chart.Series series(
      String name, Chart.Style style, Chart.Colour colour, List<double[]> points) {
    return Chart.Series.of(
        name,
        style,
        colour,
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }
}
