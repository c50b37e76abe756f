package dev.weir.scorer.console;

import dev.weir.model.calibration.Calibration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many records had which score, in bins where a model's scores are, up to well beyond its
 * threshold; and how many of a hundred normal records have.
 *
 * <p>A bin begins at the threshold. Bins are evenly spaced in the score's logarithm if normal
 * scores are above zero, in the score itself if not. The first and the last also take what is
 * beyond. Thread-safe.
 */
final class ScoreHistogram {
  private static final int BELOW = 26;
  private static final int ABOVE = 10;
  private static final int BINS = BELOW + ABOVE;

  /** Of normal records, one in ten thousand is below the first bin. */
  private static final double LOWEST = 0.9999;

  /** Below that, a logarithmic scale would be all empty bins. */
  private static final double SMALLEST_PART = 1e-9;

  private final double first;
  private final double last;
  private final double[] bounds;
  private final double[] expected;
  private final boolean logarithmic;
  private final LongAdder[] counts =
      Stream.generate(LongAdder::new).limit(BINS).toArray(LongAdder[]::new);

  /** Empty. */
  ScoreHistogram(Calibration calibration, double threshold) {
    double low = calibration.scoreAt(LOWEST);
    if (!(threshold > low)) {
      low = threshold - Math.max(1, Math.abs(threshold));
    }
    logarithmic = low > SMALLEST_PART * threshold;
    double step = logarithmic ? Math.log(threshold / low) / BELOW : (threshold - low) / BELOW;
    bounds = new double[BINS - 1];
    for (int i = 0; i < bounds.length; i++) {
      int beyond = i + 1 - BELOW;
      // The threshold itself must not be rounded.
      bounds[i] = logarithmic ? threshold * Math.exp(beyond * step) : threshold + beyond * step;
    }
    first = low;
    last = logarithmic ? threshold * Math.exp(ABOVE * step) : threshold + ABOVE * step;
    expected = new double[BINS];
    double above = 1;
    for (int i = 0; i < BINS; i++) {
      double next = i < bounds.length ? calibration.exceedance(bounds[i]) : 0;
      expected[i] = Math.max(0, above - next);
      above = next;
    }
  }

  /** Counts a score. One that is not a number counts as the largest. */
  void record(double score) {
    counts[bin(score)].increment();
  }

  int bin(double score) {
    if (Double.isNaN(score)) {
      return BINS - 1;
    }
    int found = Arrays.binarySearch(bounds, score);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** How many there were in each bin since the start. */
  long[] counts() {
    return Stream.of(counts).mapToLong(LongAdder::sum).toArray();
  }

  /** The share of normal records in each bin, by the calibration. */
  double[] expected() {
    return expected.clone();
  }

  /** Where bins begin and the last one ends, {@code [bins + 1]}. */
  double[] edges() {
    return IntStream.rangeClosed(0, BINS)
        .mapToDouble(i -> i == 0 ? first : i == BINS ? last : bounds[i - 1])
        .toArray();
  }

  /** Whether bins are evenly spaced in the score's logarithm. */
  boolean isLogarithmic() {
    return logarithmic;
  }
}
