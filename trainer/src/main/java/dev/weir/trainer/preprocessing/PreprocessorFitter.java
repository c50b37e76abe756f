package dev.weir.trainer.preprocessing;

import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.config.Scaling;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.preprocessing.InputColumn.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Learns a {@link Preprocessor} from training rows. */
public final class PreprocessorFitter {
  /** The interquartile range of the normal distribution, in standard deviations. */
  private static final double NORMAL_QUARTILES = 1.349;

  private final Samples training;
  private final Scaling scaling;
  private final float clip;
  private final boolean missingIndicators;

  /**
   * Prepares a fit.
   *
   * @param scaling how numbers are scaled
   * @param clip how far from zero a column may be
   * @param missingIndicators whether a network also sees which values are missing, of features that
   *     miss some in training
   */
  public PreprocessorFitter(
      Samples training, Scaling scaling, double clip, boolean missingIndicators) {
    this.training = training;
    this.scaling = scaling;
    this.clip = (float) clip;
    this.missingIndicators = missingIndicators;
  }

  /** Learns what stands in for missing values, and how columns are centred and scaled. */
  public Preprocessor fit(FeatureSpec features) {
    float[] fills = new float[features.width()];
    List<InputColumn> columns = new ArrayList<>();
    for (int j = 0; j < fills.length; j++) {
      float[] values = present(j);
      Feature feature = features.features().get(j);
      switch (feature.type()) {
        case CATEGORICAL -> fills[j] = categories(j, feature, values, columns);
        case HOUR_OF_DAY, DAY_OF_WEEK -> fills[j] = cycle(j, feature, values, columns);
        default -> fills[j] = number(j, feature, values, columns);
      }
      if (missingIndicators && values.length < training.count()) {
        columns.add(new InputColumn(j, Role.MISSING, 0, 0, 1));
      }
    }
    return new Preprocessor(features, fills, columns, clip);
  }

  /** The present values of a feature in the samples' newest rows, sorted. */
  private float[] present(int feature) {
    float[] values = new float[training.count()];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      float value = training.at(i, feature);
      if (!Float.isNaN(value)) {
        values[count++] = value;
      }
    }
    float[] present = Arrays.copyOf(values, count);
    Arrays.sort(present);
    return present;
  }

  private float number(int j, Feature feature, float[] sorted, List<InputColumn> columns) {
    Role role =
        switch (feature.transform()) {
          case LOG1P -> Role.LOG1P;
          case SIGNED_LOG -> Role.SIGNED_LOG;
          default -> Role.NUMBER;
        };
    float[] values = sorted.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (role) {
            case LOG1P -> Preprocessor.log1p(values[i]);
            case SIGNED_LOG -> Preprocessor.signedLog(values[i]);
            default -> values[i];
          };
    }
    columns.add(scaled(j, role, values));
    return (float) quantile(sorted, 0.5);
  }

  /** The transforms keep the order, so the values are still sorted. */
  private InputColumn scaled(int j, Role role, float[] sorted) {
    if (sorted.length == 0) {
      return new InputColumn(j, role, 0, 0, 1);
    }
    double smallest = sorted[0];
    double range = sorted[sorted.length - 1] - smallest;
    double mean = mean(sorted);
    double deviation = deviation(sorted, mean);
    double quartiles = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / NORMAL_QUARTILES;
    double centre =
        switch (scaling) {
          case STANDARD -> mean;
          case ROBUST -> quantile(sorted, 0.5);
          case MIN_MAX -> smallest;
        };
    // Where more than half of the values are equal, quartiles say nothing of the others.
    double scale =
        switch (scaling) {
          case STANDARD -> deviation;
          case ROBUST -> quartiles > 0 ? quartiles : deviation;
          case MIN_MAX -> range;
        };
    boolean usable = range > 0 && (float) scale >= Float.MIN_NORMAL;
    return new InputColumn(j, role, 0, (float) centre, usable ? (float) scale : 1);
  }

  /** The most frequent category, which stands in for a missing one. */
  private static float categories(
      int j, Feature feature, float[] values, List<InputColumn> columns) {
    int count = feature.categories().size() + 1;
    double[] shares = new double[count];
    for (float value : values) {
      shares[(int) value] += 1.0 / values.length;
    }
    double variance = 0;
    int most = 0;
    for (int k = 0; k < count; k++) {
      variance += shares[k] * (1 - shares[k]);
      most = shares[k] > shares[most] ? k : most;
    }
    for (int k = 0; k < count; k++) {
      columns.add(new InputColumn(j, Role.CATEGORY, k, (float) shares[k], scale(variance)));
    }
    return most;
  }

  private static float cycle(int j, Feature feature, float[] values, List<InputColumn> columns) {
    double turn = 2 * Math.PI / feature.type().period();
    double sine = 0;
    double cosine = 0;
    for (float value : values) {
      sine += Math.sin(value * turn) / values.length;
      cosine += Math.cos(value * turn) / values.length;
    }
    // sin² + cos² is 1 in every row, so the variances of both add up to this.
    float scale = scale(1 - sine * sine - cosine * cosine);
    columns.add(new InputColumn(j, Role.SINE, 0, (float) sine, scale));
    columns.add(new InputColumn(j, Role.COSINE, 0, (float) cosine, scale));
    return (float) quantile(values, 0.5);
  }

  private static float scale(double variance) {
    return variance > 1e-9 ? (float) Math.sqrt(variance) : 1;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(float[] values, double mean) {
    double squares = 0;
    for (float value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }

  /** Linear between the two values next to it; 0 of no values. */
  private static double quantile(float[] sorted, double share) {
    if (sorted.length == 0) {
      return 0;
    }
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * ((double) sorted[above] - sorted[below]);
  }
}
