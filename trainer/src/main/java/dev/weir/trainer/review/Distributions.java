package dev.weir.trainer.review;

import dev.weir.model.bundle.FeatureDistribution;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.trainer.data.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Says how the features are spread over the newest rows of some samples.
 *
 * <p>The bins of a number end at its quantiles, twenty of them, so that about as many rows are in
 * each; a value that takes up more than one of them has a bin of its own. Times of day and days of
 * the week have none: they follow the clock, whatever happens to the data.
 */
public final class Distributions {
  private static final int BINS = 20;

  private Distributions() {}

  /** The distributions, in the features' order, without those of features that follow the clock. */
  public static List<FeatureDistribution> of(Samples rows, FeatureSpec features) {
    List<FeatureDistribution> all = new ArrayList<>();
    for (int column = 0; column < features.width(); column++) {
      of(rows, column, features.features().get(column)).ifPresent(all::add);
    }
    return all;
  }

  private static Optional<FeatureDistribution> of(Samples rows, int column, Feature feature) {
    return switch (feature.type()) {
      case NUMERIC -> Optional.of(ofNumber(rows, column, feature.name()));
      case BOOLEAN, CATEGORICAL -> Optional.of(ofCodes(rows, column, feature));
      case HOUR_OF_DAY, DAY_OF_WEEK -> Optional.empty();
    };
  }

  private static FeatureDistribution ofCodes(Samples rows, int column, Feature feature) {
    int codes = feature.type() == FeatureType.BOOLEAN ? 2 : feature.categories().size() + 1;
    long[] counts = new long[codes];
    long missing = 0;
    for (int i = 0; i < rows.count(); i++) {
      float value = rows.at(i, column);
      if (Float.isNaN(value)) {
        missing++;
      } else {
        counts[(int) value]++;
      }
    }
    return new FeatureDistribution(feature.name(), List.of(), boxed(counts), missing);
  }

  private static FeatureDistribution ofNumber(Samples rows, int column, String name) {
    float[] values = new float[rows.count()];
    int present = 0;
    for (int i = 0; i < rows.count(); i++) {
      float value = rows.at(i, column);
      if (!Float.isNaN(value)) {
        values[present++] = value;
      }
    }
    Arrays.sort(values, 0, present);
    List<Float> edges = edges(values, present);
    long[] counts = new long[edges.size() + 1];
    int bin = 0;
    for (int i = 0; i < present; i++) {
      while (bin < edges.size() && values[i] >= edges.get(bin)) {
        bin++;
      }
      counts[bin]++;
    }
    return new FeatureDistribution(name, edges, boxed(counts), rows.count() - present);
  }

  /** Quantiles of sorted values, with an edge on either side of a value that is two of them. */
  private static List<Float> edges(float[] sorted, int count) {
    TreeSet<Float> edges = new TreeSet<>();
    for (int k = 1; k < BINS && count > 0; k++) {
      float quantile = sorted[(int) ((long) k * count / BINS)];
      float above = Math.nextUp(quantile);
      if (!edges.add(quantile) && Float.isFinite(above)) {
        edges.add(above);
      }
    }
    return List.copyOf(edges);
  }

  private static List<Long> boxed(long[] counts) {
    return LongStream.of(counts).boxed().toList();
  }
}
