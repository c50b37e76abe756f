package dev.weir.trainer.review;

import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.trainer.data.Samples;
import java.util.List;

/**
 * How well a model gives back each feature of the newest rows of some samples, in the features' own
 * units; missing values left aside. Fed batch by batch.
 */
public final class ReconstructionQuality {
  private final List<FeatureType> types;
  private final long[] counts;
  private final double[] means;

  /** Sums of squared differences from the mean (Welford 1962). */
  private final double[] spreads;

  private final double[] residuals;
  private final long[] hits;

  public ReconstructionQuality(FeatureSpec features) {
    types = features.features().stream().map(feature -> feature.type()).toList();
    counts = new long[types.size()];
    means = new double[types.size()];
    spreads = new double[types.size()];
    residuals = new double[types.size()];
    hits = new long[types.size()];
  }

  /**
   * Adds a batch.
   *
   * @param first the index of its first sample
   * @param expected what the model gave, float32 {@code [b, d]}
   */
  public void add(Samples samples, int first, float[] expected) {
    int width = types.size();
    for (int i = 0; i < expected.length / width; i++) {
      for (int j = 0; j < width; j++) {
        float actual = samples.at(first + i, j);
        if (!Float.isNaN(actual)) {
          add(j, actual, expected[i * width + j]);
        }
      }
    }
  }

  private void add(int column, double actual, double expected) {
    counts[column]++;
    double difference = actual - means[column];
    means[column] += difference / counts[column];
    spreads[column] += difference * (actual - means[column]);
    double residual = residual(types.get(column), actual, expected);
    residuals[column] += residual * residual;
    hits[column] += actual == expected ? 1 : 0;
  }

  /** On a clock, the shorter way round. */
  private static double residual(FeatureType type, double actual, double expected) {
    double residual = actual - expected;
    return type.isCyclic() ? Math.IEEEremainder(residual, type.period()) : residual;
  }

  /**
   * The share of a feature that the model explains: R² of numbers and truth values, of a category
   * the share of rows given back right. Null where there is no value or no variance, and for a time
   * of day or week, whose variance is no number.
   */
  public Double determination(int column) {
    FeatureType type = types.get(column);
    if (counts[column] == 0 || type.isCyclic()) {
      return null;
    }
    if (type == FeatureType.CATEGORICAL) {
      return (double) hits[column] / counts[column];
    }
    return spreads[column] > 0 ? 1 - residuals[column] / spreads[column] : null;
  }

  /** Root of the mean squared residual; null for a category, and where there is no value. */
  public Double residualDeviation(int column) {
    return counts[column] == 0 || types.get(column) == FeatureType.CATEGORICAL
        ? null
        : Math.sqrt(residuals[column] / counts[column]);
  }
}
