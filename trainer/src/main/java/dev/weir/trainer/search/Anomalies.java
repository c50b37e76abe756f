package dev.weir.trainer.search;

import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.trainer.data.ColumnStatistics;
import dev.weir.trainer.data.Samples;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Makes anomalies out of rows that are taken for normal (Steinbuss and Böhm 2021, "Generating
 * Artificial Outliers in the Absence of Genuine Ones"; Goswami et al. 2023, "Unsupervised Model
 * Selection for Time-series Anomaly Detection").
 *
 * <p>The same rows and seed give the same anomalies, if asked for in the same order.
 */
final class Anomalies {
  private static final int TRIES = 16;
  private static final int MOST_MOVED = 3;
  private static final double NEAREST = 2;
  private static final double FARTHEST = 4;

  private final Samples rows;
  private final int[] varying;
  private final int[] movable;
  private final double[] deviations;
  private final SplittableRandom random;

  /**
   * Looks at the rows.
   *
   * @param rows what anomalies are made of; of each sample the newest row
   */
  Anomalies(Samples rows, FeatureSpec features, long seed) {
    this.rows = rows;
    random = new SplittableRandom(seed);
    deviations = new double[rows.width()];
    boolean[] varies = new boolean[rows.width()];
    for (int j = 0; j < deviations.length; j++) {
      ColumnStatistics column = ColumnStatistics.of(rows, j);
      varies[j] = !column.isEmpty() && !column.isConstant();
      deviations[j] = column.deviation();
    }
    varying = IntStream.range(0, varies.length).filter(j -> varies[j]).toArray();
    movable =
        Arrays.stream(varying)
            .filter(j -> features.features().get(j).type() == FeatureType.NUMERIC)
            .toArray();
  }

  /** Whether all rows are the same, so that nothing can be made of them. */
  boolean isNothingToSwap() {
    return varying.length == 0;
  }

  /**
   * A row of which half of the features have the values of other rows, each of another one: every
   * value is usual, but they may not go together.
   *
   * @return float32 {@code [d]}; empty if no other value was found
   */
  Optional<float[]> swapped(int row) {
    float[] values = copy(row);
    boolean changed = false;
    for (int column : some(varying, (varying.length + 1) / 2)) {
      for (int i = 0; i < TRIES; i++) {
        float other = rows.at(random.nextInt(rows.count()), column);
        if (Float.compare(other, values[column]) != 0) {
          values[column] = other;
          changed = true;
          break;
        }
      }
    }
    return changed ? Optional.of(values) : Optional.empty();
  }

  /**
   * A row of which up to {@value #MOST_MOVED} numbers are {@value #NEAREST} to {@value #FARTHEST}
   * standard deviations above or below what they were.
   *
   * @return float32 {@code [d]}; empty if there is no number that can be moved
   */
  Optional<float[]> moved(int row) {
    float[] values = copy(row);
    boolean changed = false;
    for (int column : some(movable, upTo(MOST_MOVED))) {
      double distance = deviations[column] * (NEAREST + (FARTHEST - NEAREST) * random.nextDouble());
      float before = values[column];
      values[column] += (float) (random.nextBoolean() ? distance : -distance);
      changed |= values[column] != before && !Float.isNaN(before);
    }
    return changed ? Optional.of(values) : Optional.empty();
  }

  /** Another row by chance, whose values at that moment are out of place as a whole. */
  int another() {
    return random.nextInt(rows.count());
  }

  /** A number by chance, from 1 to the largest. */
  int upTo(int largest) {
    return 1 + random.nextInt(largest);
  }

  private float[] copy(int row) {
    float[] values = new float[rows.width()];
    for (int j = 0; j < values.length; j++) {
      values[j] = rows.at(row, j);
    }
    return values;
  }

  /** So many of the columns, or all if there are fewer. */
  private int[] some(int[] columns, int wanted) {
    int[] shuffled = columns.clone();
    int count = Math.min(wanted, columns.length);
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(shuffled.length - i);
      int column = shuffled[other];
      shuffled[other] = shuffled[i];
      shuffled[i] = column;
    }
    return Arrays.copyOf(shuffled, count);
  }
}
