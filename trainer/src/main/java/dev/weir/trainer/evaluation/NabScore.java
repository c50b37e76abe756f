package dev.weir.trainer.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The score of the Numenta Anomaly Benchmark over a corpus of files.
 *
 * <p>A window counts once, by its earliest alert: the earlier, the more. Every alert outside of the
 * windows costs, the less the closer it comes after one. One threshold holds for all files, and the
 * score is that of the threshold under which it is highest; this looks at the labels, for every
 * detector alike, as the benchmark does. Then 0 is a detector that never alerts, and 100 one that
 * alerts once at the first row of every window; less than 0 does not happen, since a threshold
 * above all scores is a threshold, too.
 *
 * <p>From Lavin and Ahmad, "Evaluating Real-time Anomaly Detection Algorithms: the Numenta Anomaly
 * Benchmark", ICMLA 2015, in the form of the benchmark's own code, which measures distances behind
 * a window in its width less one row. A window that lies in the probation whole is left out here.
 *
 * @param normalised 0 to 100; NaN if there is no window
 * @param raw the sum over the corpus before it is normalised
 * @param threshold the lowest score that alerts; infinite if none does
 * @param windows how many there are
 * @param found how many of them have an alert
 * @param falseAlarms rows outside of the windows with an alert
 */
public record NabScore(
    double normalised, double raw, double threshold, int windows, int found, int falseAlarms) {

  /**
   * The score under the best threshold. Takes O(n log n) for n rows in all.
   *
   * @param corpus the files
   */
  public static NabScore best(List<NabSeries> corpus, NabProfile profile) {
    List<Row> rows = new ArrayList<>();
    int windows = 0;
    for (NabSeries series : corpus) {
      windows = addRows(rows, series, profile, windows);
    }
    rows.sort(Comparator.comparingDouble(Row::score).reversed());
    Tally tally = new Tally(windows, profile);
    NabScore best = tally.score(Double.POSITIVE_INFINITY);
    for (int i = 0; i < rows.size() && rows.get(i).score() > Double.NEGATIVE_INFINITY; i++) {
      tally.alert(rows.get(i));
      boolean lastOfEqual = i + 1 == rows.size() || rows.get(i + 1).score() != rows.get(i).score();
      if (lastOfEqual && tally.raw() > best.raw) {
        best = tally.score(rows.get(i).score());
      }
    }
    return best;
  }

  /** Adds the rows that count, and gives the number of windows so far. */
  private static int addRows(
      List<Row> rows, NabSeries series, NabProfile profile, int windowsBefore) {
    double[] scores = series.scores();
    double[] worth = series.worth(profile);
    int windows = windowsBefore;
    int row = NabSeries.probation(scores.length);
    for (AnomalyRange window : series.windows()) {
      for (; row < window.first(); row++) {
        rows.add(new Row(scores[row], worth[row], Row.NO_WINDOW));
      }
      if (row > window.last()) {
        continue;
      }
      for (; row <= window.last(); row++) {
        rows.add(new Row(scores[row], worth[row], windows));
      }
      windows++;
    }
    for (; row < scores.length; row++) {
      rows.add(new Row(scores[row], worth[row], Row.NO_WINDOW));
    }
    return windows;
  }

  private record Row(double score, double worth, int window) {
    static final int NO_WINDOW = -1;
  }

  /** What the alerts so far are worth. */
  private static final class Tally {
    private final NabProfile profile;
    private final double[] bestInWindow;
    private final boolean[] found;
    private double raw;
    private int foundWindows;
    private int falseAlarms;

    Tally(int windows, NabProfile profile) {
      this.profile = profile;
      bestInWindow = new double[windows];
      found = new boolean[windows];
      raw = -profile.falseNegative() * windows;
    }

    void alert(Row row) {
      if (row.window() == Row.NO_WINDOW) {
        falseAlarms++;
        raw += row.worth();
        return;
      }
      int window = row.window();
      if (!found[window]) {
        found[window] = true;
        foundWindows++;
        raw += profile.falseNegative();
      }
      double gain = Math.max(0, row.worth() - bestInWindow[window]);
      bestInWindow[window] += gain;
      raw += gain;
    }

    double raw() {
      return raw;
    }

    NabScore score(double threshold) {
      int windows = found.length;
      double none = -profile.falseNegative() * windows;
      double perfect = profile.truePositive() * windows;
      double normalised = 100 * (raw - none) / (perfect - none);
      return new NabScore(normalised, raw, threshold, windows, foundWindows, falseAlarms);
    }
  }
}
