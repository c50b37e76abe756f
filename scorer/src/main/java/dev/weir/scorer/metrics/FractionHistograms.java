package dev.weir.scorer.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * A histogram for each pipeline and role of a model, of values that may be fractions.
 *
 * <p>Micrometer's round every value up to a whole number before they look for its bucket, and
 * Prometheus' own client needs an artifact that is not on Maven Central. Thread-safe.
 */
final class FractionHistograms implements Collector {
  private final String name;
  private final String help;
  private final Map<Labels, Series> all = new ConcurrentSkipListMap<>();

  FractionHistograms(String name, String help) {
    this.name = name;
    this.help = help;
  }

  /**
   * An empty histogram, in place of the one that the model's role had in the pipeline.
   *
   * @param upperBounds of the buckets, ascending and finite; a last one takes what is beyond
   */
  Series begin(String pipeline, ModelRole role, double[] upperBounds) {
    Series series = new Series(upperBounds);
    all.put(Labels.of("pipeline", pipeline, "role", role.tag()), series);
    return series;
  }

  @Override
  public HistogramSnapshot collect() {
    HistogramSnapshot.Builder snapshot = HistogramSnapshot.builder().name(name).help(help);
    all.forEach((labels, series) -> snapshot.dataPoint(series.collect(labels)));
    return snapshot.build();
  }

  /** One histogram. Thread-safe. */
  static final class Series {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    private Series(double[] upperBounds) {
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

    private HistogramDataPointSnapshot collect(Labels labels) {
      Number[] inEach = Stream.of(counts).map(LongAdder::sum).toArray(Number[]::new);
      return HistogramDataPointSnapshot.builder()
          .labels(labels)
          .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, inEach))
          .sum(sum.sum())
          .build();
    }
  }
}
