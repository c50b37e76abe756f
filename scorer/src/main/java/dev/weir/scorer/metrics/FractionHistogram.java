package dev.weir.scorer.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * A histogram whose values may be fractions.
 *
 * <p>Micrometer's round every value up to a whole number before they look for its bucket, and
 * Prometheus' own client needs an artifact that is not on Maven Central. Thread-safe.
 */
final class FractionHistogram implements Collector {
  private final String name;
  private final String help;
  private final Labels labels;
  private final double[] bounds;
  private final LongAdder[] counts;
  private final DoubleAdder sum = new DoubleAdder();

  /**
   * An empty histogram.
   *
   * @param upperBounds of the buckets, ascending and finite; a last one takes what is beyond
   */
  FractionHistogram(String name, String help, String pipeline, double[] upperBounds) {
    this.name = name;
    this.help = help;
    labels = Labels.of("pipeline", pipeline);
    bounds = Arrays.copyOf(upperBounds, upperBounds.length + 1);
    bounds[upperBounds.length] = Double.POSITIVE_INFINITY;
    counts = Stream.generate(LongAdder::new).limit(bounds.length).toArray(LongAdder[]::new);
  }

  /** Counts a finite value, in the first bucket whose bound it does not exceed. */
  void record(double value) {
    int found = Arrays.binarySearch(bounds, value);
    counts[found >= 0 ? found : -found - 1].increment();
    sum.add(value);
  }

  @Override
  public HistogramSnapshot collect() {
    Number[] inEach = Stream.of(counts).map(LongAdder::sum).toArray(Number[]::new);
    return HistogramSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, inEach))
                .sum(sum.sum())
                .build())
        .build();
  }
}
