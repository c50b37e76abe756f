package dev.weir.benchmarks.scaling;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What to give a scorer, worked out from the curves that were measured on a machine.
 *
 * <p>A record of {@code d} features costs {@code fixed + each · d}; a window of {@code w} rows
 * makes that more by the factor that was measured at windows, and keys by the power that was
 * measured at keys. A key is an overhead and {@code 4 · w · d} bytes.
 */
final class SizingGuide {
  /** The share of a core that is planned with, so that there is room for peaks and restarts. */
  static final double LOAD = 0.7;

  private static final int MEASURED_FEATURES = 38;
  private static final int MEASURED_KEY_WINDOW = 4;
  private static final int FEW_KEYS = 1000;
  private static final double MEGABYTE = 1024 * 1024;

  private final Line features;
  private final Optional<Line> window;
  private final Optional<PowerLaw> keys;
  private final double baseBytes;
  private final double keyOverheadBytes;
  private final double modelBytes;

  /**
   * What a scorer needs.
   *
   * @param cores kept busy, by the scorer alone
   * @param threads stream threads, and partitions at least
   * @param heapMegabytes twice what is in use, so that garbage has room, and no less than what was
   *     measured with
   */
  record Size(double cores, int threads, double heapMegabytes) {}

  private SizingGuide(Map<Axis, ScaleCurve> curves) {
    features = curves.get(Axis.FEATURES).cost();
    window = Optional.ofNullable(curves.get(Axis.WINDOW)).map(ScaleCurve::cost);
    keys = Optional.ofNullable(curves.get(Axis.KEYS)).map(ScaleCurve::law);
    Optional<Line> heap = Optional.ofNullable(curves.get(Axis.KEYS)).map(ScaleCurve::heap);
    Optional<Line> models = Optional.ofNullable(curves.get(Axis.MODELS)).map(ScaleCurve::heap);
    baseBytes =
        heap.or(() -> models)
            .map(Line::fixed)
            .orElseGet(() -> curves.get(Axis.FEATURES).points().get(0).heapBytes());
    keyOverheadBytes =
        heap.map(line -> Math.max(0, line.each() - 4.0 * MEASURED_KEY_WINDOW * MEASURED_FEATURES))
            .orElse(Double.NaN);
    modelBytes = models.map(Line::each).orElse(Double.NaN);
  }

  /** A guide; empty if it was not measured what features cost. */
  static Optional<SizingGuide> of(Map<Axis, ScaleCurve> curves) {
    return curves.containsKey(Axis.FEATURES)
        ? Optional.of(new SizingGuide(curves))
        : Optional.empty();
  }

  /**
   * For a load.
   *
   * @param rate records a second
   * @param width features of each
   * @param rows in a window; 1 for none
   * @param keyCount different ones; they matter if there is a window
   */
  Size size(double rate, int width, int rows, long keyCount) {
    double cores = rate * micros(width, rows, keyCount) / 1e6;
    double state =
        rows == 1 || Double.isNaN(keyOverheadBytes) ? 0 : keyCount * keyBytes(width, rows);
    return new Size(
        cores,
        Math.max(1, (int) Math.ceil(cores / LOAD)),
        Math.max(Workload.BASE_HEAP_MEGABYTES, 2 * (baseBytes + state) / MEGABYTE));
  }

  /** Processor time of a record. */
  double micros(int width, int rows, long keyCount) {
    double micros = features.at(width);
    if (rows > 1) {
      micros *= window.map(line -> line.at(rows) / line.at(1)).orElse(1.0);
      double more = keys.map(law -> Math.max(0, law.exponent())).orElse(0.0);
      micros *= Math.pow(Math.max(1, keyCount / (double) FEW_KEYS), more);
    }
    return micros;
  }

  private double keyBytes(int width, int rows) {
    return keyOverheadBytes + 4.0 * width * rows;
  }

  /** The guide as Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder("### Sizing\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "For R records/s of d features, give it R · (%.2f + %.4f · d) / 1,000,000 cores",
            features.fixed(),
            features.each()));
    window.ifPresent(
        line ->
            text.append(
                String.format(
                    Locale.ROOT,
                    ", times (%.2f + %.3f · w) / %.2f if the model has a window of w rows",
                    line.fixed(),
                    line.each(),
                    line.at(1))));
    keys.filter(law -> window.isPresent() && law.exponent() > 0)
        .ifPresent(
            law ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        " and (K / 1000) to the power %.2f if it has more than 1000 keys",
                        law.exponent())));
    text.append(
        String.format(
            Locale.ROOT,
            "; as many threads as that, divided by %.1f and rounded up, and as many partitions at"
                + " least. The broker's cores come on top.%n%n",
            LOAD));
    text.append(
        String.format(
            Locale.ROOT,
            "Heap: %d MB, with which all of this was measured, or, if that is more, twice %.0f MB",
            Workload.BASE_HEAP_MEGABYTES,
            baseBytes / MEGABYTE));
    if (!Double.isNaN(keyOverheadBytes)) {
      text.append(
          String.format(
              Locale.ROOT,
              " and, for a model with a window, %.0f + 4 · w · d bytes for each key",
              keyOverheadBytes));
    }
    if (!Double.isNaN(modelBytes)) {
      text.append(
          String.format(Locale.ROOT, "; %.2f MB for each further model", modelBytes / MEGABYTE));
    }
    text.append(". PyTorch is not in a scorer; ONNX Runtime's memory is outside of the heap.\n\n");
    text.append("| records/s | features | window | keys | cores | threads | heap, MB |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (double rate : List.of(1000.0, 10_000.0, 50_000.0, 100_000.0)) {
      row(text, rate, 38, 1, 1000);
      if (window.isPresent() && keys.isPresent()) {
        row(text, rate, 38, 4, 100_000);
      }
      row(text, rate, 128, 1, 1000);
    }
    return text.append('\n').toString();
  }

  private void row(StringBuilder text, double rate, int width, int rows, long keyCount) {
    Size size = size(rate, width, rows, keyCount);
    text.append(
        String.format(
            Locale.ROOT,
            "| %,.0f | %d | %d | %,d | %.2f | %d | %.0f |%n",
            rate,
            width,
            rows,
            keyCount,
            size.cores(),
            size.threads(),
            size.heapMegabytes()));
  }
}
