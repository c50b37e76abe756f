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
 * Artificial Outliers in the Absence of Genuine Ones"; {@link ProbeKind} has the others).
 *
 * <p>The same rows and seed give the same anomalies, if asked for in the same order. Sizes are
 * drawn so that their logarithms are equally likely: as many are small as are large.
 */
final class Anomalies {
  private static final int TRIES = 16;
  private static final int MOST_MOVED = 3;
  private static final double NEAREST = 2;
  private static final double FARTHEST = 50;
  private static final double LEAST_DISPLACEMENT = 0.5;
  private static final double MOST_DISPLACEMENT = 4;
  private static final double LEAST_STRETCH = 1.25;
  private static final double MOST_STRETCH = 4;

  private final Samples rows;
  private final int[] varying;
  private final int[] movable;
  private final double[] means;
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
    means = new double[rows.width()];
    deviations = new double[rows.width()];
    boolean[] varies = new boolean[rows.width()];
    for (int j = 0; j < deviations.length; j++) {
      ColumnStatistics column = ColumnStatistics.of(rows, j);
      varies[j] = !column.isEmpty() && !column.isConstant();
      means[j] = column.mean();
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
   * A row of which up to half of the features have the values of one other row: what they have to
   * do with each other is usual, what they have to do with the others may not be.
   *
   * @return float32 {@code [d]}; empty if they are the same in the rows that were tried
   */
  Optional<float[]> transplanted(int row) {
    float[] values = copy(row);
    int[] columns = some(varying, upTo((varying.length + 1) / 2));
    for (int i = 0; i < TRIES; i++) {
      int other = another();
      boolean changed = false;
      for (int column : columns) {
        changed |= Float.compare(values[column], rows.at(other, column)) != 0;
        values[column] = rows.at(other, column);
      }
      if (changed) {
        return Optional.of(values);
      }
    }
    return Optional.empty();
  }

  /** How far some numbers are moved: nothing but for up to {@value #MOST_MOVED} of them. */
  double[] distances() {
    double[] distances = new double[rows.width()];
    for (int column : some(movable, upTo(MOST_MOVED))) {
      double distance = deviations[column] * between(NEAREST, FARTHEST);
      distances[column] = random.nextBoolean() ? distance : -distance;
    }
    return distances;
  }

  /**
   * A row of which up to {@value #MOST_MOVED} numbers are {@value #NEAREST} to {@value #FARTHEST}
   * standard deviations above or below what they were.
   *
   * @return float32 {@code [d]}; empty if there is no number that can be moved
   */
  Optional<float[]> spike(int row) {
    return moved(copy(row), distances());
  }

  /**
   * A row whose numbers are moved by {@value #LEAST_DISPLACEMENT} to {@value #MOST_DISPLACEMENT}
   * times the difference between two other rows: along the ways in which rows vary.
   *
   * @return float32 {@code [d]}; empty if the two are the same, whichever were tried
   */
  Optional<float[]> displaced(int row) {
    double size = between(LEAST_DISPLACEMENT, MOST_DISPLACEMENT);
    Optional<float[]> displaced = Optional.empty();
    for (int i = 0; i < TRIES && displaced.isEmpty(); i++) {
      int from = another();
      int to = another();
      double[] distances = new double[rows.width()];
      for (int column : movable) {
        double distance = size * (rows.at(to, column) - rows.at(from, column));
        distances[column] = Double.isNaN(distance) ? 0 : distance;
      }
      displaced = moved(copy(row), distances);
    }
    return displaced;
  }

  /**
   * A row whose numbers are {@value #LEAST_STRETCH} to {@value #MOST_STRETCH} times as far from
   * their means.
   *
   * @return float32 {@code [d]}; empty if there is no number that can be moved
   */
  Optional<float[]> stretched(int row) {
    double more = between(LEAST_STRETCH, MOST_STRETCH) - 1;
    double[] distances = new double[rows.width()];
    for (int column : movable) {
      double from = rows.at(row, column) - means[column];
      distances[column] = Double.isNaN(from) ? 0 : more * from;
    }
    return moved(copy(row), distances);
  }

  /**
   * A row whose numbers are moved.
   *
   * @return float32 {@code [d]}; empty if none changed
   */
  static Optional<float[]> moved(float[] row, double[] distances) {
    float[] values = row.clone();
    boolean changed = false;
    for (int j = 0; j < values.length; j++) {
      if (distances[j] != 0 && !Float.isNaN(values[j])) {
        values[j] += (float) distances[j];
        changed |= values[j] != row[j];
      }
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

  private double between(double least, double most) {
    return least * Math.pow(most / least, random.nextDouble());
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
