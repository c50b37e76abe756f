package dev.weir.scorer.drift;

import dev.weir.model.bundle.FeatureDistribution;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureText;
import dev.weir.model.feature.FeatureType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The bins that one feature's values are counted in; the last one is for missing values. Immutable.
 */
final class Bins {
  /** Rounding must not keep two halves of a bin apart. */
  private static final double TOLERANCE = 1.01;

  /** Of a number: where the next bin begins. Otherwise null. */
  private final float[] edges;

  /** Of a category: which bin a code is in. Otherwise null. */
  private final int[] bins;

  private final List<Long> expected;
  private final List<String> labels;

  private Bins(float[] edges, int[] bins, List<Long> expected, List<String> labels) {
    this.edges = edges;
    this.bins = bins;
    this.expected = List.copyOf(expected);
    this.labels = List.copyOf(labels);
  }

  /**
   * The bins of a feature.
   *
   * @param wanted how many there should be about; a value that is frequent by itself has its own
   */
  static Bins of(FeatureDistribution distribution, Feature feature, int wanted) {
    return feature.type() == FeatureType.NUMERIC
        ? ofNumber(distribution, wanted)
        : ofCodes(distribution, feature, wanted);
  }

  private static Bins ofNumber(FeatureDistribution distribution, int wanted) {
    List<Long> counts = distribution.counts();
    double most = counts.stream().mapToLong(n -> n).sum() * TOLERANCE / wanted;
    List<Float> edges = new ArrayList<>();
    List<Long> expected = new ArrayList<>();
    long together = counts.get(0);
    for (int bin = 1; bin < counts.size(); bin++) {
      if (together + counts.get(bin) <= most) {
        together += counts.get(bin);
      } else {
        edges.add(distribution.edges().get(bin - 1));
        expected.add(together);
        together = counts.get(bin);
      }
    }
    expected.add(together);
    expected.add(distribution.missing());
    float[] bounds = new float[edges.size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = edges.get(i);
    }
    return new Bins(bounds, null, expected, numberLabels(bounds));
  }

  private static List<String> numberLabels(float[] edges) {
    List<String> labels = new ArrayList<>();
    for (int bin = 0; bin <= edges.length; bin++) {
      if (edges.length == 0) {
        labels.add("any value");
      } else if (bin == 0) {
        labels.add("below " + text(edges[0]));
      } else if (bin == edges.length) {
        labels.add(text(edges[bin - 1]) + " or more");
      } else if (Math.nextUp(edges[bin - 1]) == edges[bin]) {
        labels.add("exactly " + text(edges[bin - 1]));
      } else {
        labels.add(text(edges[bin - 1]) + " to " + text(edges[bin]));
      }
    }
    labels.add("no value");
    return labels;
  }

  private static String text(float value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /** The most frequent codes have bins of their own, and code 0, which is what nobody knows. */
  private static Bins ofCodes(FeatureDistribution distribution, Feature feature, int wanted) {
    List<Long> counts = distribution.counts();
    boolean isCategory = feature.type() == FeatureType.CATEGORICAL;
    List<Integer> byFrequency =
        IntStream.range(isCategory ? 1 : 0, counts.size())
            .boxed()
            .sorted(Comparator.comparing((Integer code) -> -counts.get(code)))
            .toList();
    int[] bins = new int[counts.size()];
    List<Long> expected = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    if (isCategory) {
      expected.add(counts.get(0));
      labels.add(FeatureText.OTHER);
    }
    long rest = 0;
    for (int i = 0; i < byFrequency.size(); i++) {
      int code = byFrequency.get(i);
      boolean hasOwn = i < wanted - 1 || byFrequency.size() <= wanted;
      bins[code] = hasOwn ? expected.size() : -1;
      if (hasOwn) {
        expected.add(counts.get(code));
        labels.add(isCategory ? feature.categories().get(code - 1) : code == 1 ? "true" : "false");
      } else {
        rest += counts.get(code);
      }
    }
    if (byFrequency.size() > wanted) {
      int together = expected.size();
      expected.add(rest);
      labels.add("a rarer category");
      Arrays.setAll(bins, code -> bins[code] < 0 ? together : bins[code]);
    }
    expected.add(distribution.missing());
    labels.add("no value");
    return new Bins(null, bins, expected, labels);
  }

  /** How many bins there are. */
  int count() {
    return expected.size();
  }

  /** How many training rows each holds. */
  List<Long> expected() {
    return expected;
  }

  /** What each holds, in words. */
  List<String> labels() {
    return labels;
  }

  /** The bin of a value. */
  int of(float value) {
    if (Float.isNaN(value)) {
      return expected.size() - 1;
    }
    if (edges == null) {
      int code = (int) value;
      return code < 0 || code >= bins.length ? bins[0] : bins[code];
    }
    int low = 0;
    int high = edges.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (value >= edges[middle]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
