package dev.weir.cli.demo.fleet;

import java.util.Arrays;

/** One value of each metric, while a row is being made. Every value is kept within its range. */
final class Readings {
  private final double[] values;

  /** All zero. */
  Readings() {
    this(new double[Metric.keys().size()]);
  }

  private Readings(double[] values) {
    this.values = values;
  }

  double get(Metric metric) {
    return values[index(metric)];
  }

  /** Sets a value, or the nearest to it that the metric can have. */
  Readings set(Metric metric, double value) {
    values[index(metric)] = metric.clip(value);
    return this;
  }

  Readings add(Metric metric, double amount) {
    return set(metric, get(metric) + amount);
  }

  Readings scale(Metric metric, double factor) {
    return set(metric, get(metric) * factor);
  }

  Readings copy() {
    return new Readings(toArray());
  }

  /** A copy of the values, in the order of {@link Metric#keys()}. */
  double[] toArray() {
    return Arrays.copyOf(values, values.length);
  }

  /** Millions of rows are made, and an EnumMap would box each of their values. */
  @SuppressWarnings("EnumOrdinal")
  private static int index(Metric metric) {
    return metric.ordinal();
  }
}
