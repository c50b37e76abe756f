package dev.weir.trainer.export;

import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.trainer.data.ColumnStatistics;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * How much of a score is the rounding of single precision: what changes if each number of a row is
 * off by {@value #ROUNDINGS} roundings of its scaled magnitude (the larger of its distance from the
 * mean and one standard deviation), up or down by chance.
 *
 * <p>This is the backward error of numerical analysis (Higham 2002, "Accuracy and Stability of
 * Numerical Algorithms", chapter 1): a graph is right if it gives the exact score of a row that
 * cannot be told from the given one. Sums of products are rounded once for each of their parts, in
 * an order that is not the same in two engines. For a squared error {@code e²} it comes to about
 * {@code 2eδ + δ²} with {@code δ = 16 · 2⁻²³} standard deviations, whatever is done to the error
 * afterwards.
 */
final class Rounding {
  private static final int ROUNDINGS = 16;
  private static final double EPSILON = 0x1p-23;

  /** So many rows are made of each, so that chance does not let one off with no change. */
  private static final int DRAWS = 8;

  /** So many times the root mean square of the changes is the bound. */
  private static final int DEVIATIONS = 3;

  private final FeatureSpec features;
  private final Samples samples;
  private final double[] means;
  private final double[] deviations;

  /** Looks at how numbers vary. */
  Rounding(FeatureSpec features, Samples samples) {
    this.features = features;
    this.samples = samples;
    means = new double[samples.width()];
    deviations = new double[samples.width()];
    for (int j = 0; j < means.length; j++) {
      ColumnStatistics column = ColumnStatistics.of(samples, j);
      means[j] = column.mean();
      deviations[j] = column.deviation();
    }
  }

  /**
   * By how much the scores of some samples may be off.
   *
   * @param chosen indices of samples, one at least
   * @return float64, one for each of them
   */
  double[] bounds(Function<Samples, double[]> model, int[] chosen) {
    Samples exact = samples.pick(chosen);
    double[] scores = model.apply(exact);
    double[] squares = new double[chosen.length];
    SplittableRandom random = new SplittableRandom(1);
    for (int draw = 0; draw < DRAWS; draw++) {
      double[] changed = model.apply(off(exact, random));
      for (int k = 0; k < squares.length; k++) {
        squares[k] += (changed[k] - scores[k]) * (changed[k] - scores[k]) / DRAWS;
      }
    }
    return Arrays.stream(squares).map(square -> DEVIATIONS * Math.sqrt(square)).toArray();
  }

  /** The samples, each number a little off; categories and cyclic features are exact. */
  private Samples off(Samples exact, SplittableRandom random) {
    float[] values = exact.copy();
    int width = exact.width();
    for (int i = 0; i < values.length; i++) {
      int j = i % width;
      if (features.features().get(j).type() == FeatureType.NUMERIC && !Float.isNaN(values[i])) {
        double magnitude = Math.max(deviations[j], Math.abs(values[i] - means[j]));
        // A number whose own last digit is worth more cannot be off by less than that.
        double by = Math.max(Math.ulp(values[i]), ROUNDINGS * EPSILON * magnitude);
        values[i] += (float) (random.nextBoolean() ? by : -by);
      }
    }
    int[] previous = new int[values.length / width];
    Arrays.setAll(previous, row -> row % exact.window() == 0 ? -1 : row - 1);
    return Samples.of(Rows.of(values, width), previous, exact.window());
  }
}
