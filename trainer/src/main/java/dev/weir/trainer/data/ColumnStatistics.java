package dev.weir.trainer.data;

import java.util.Arrays;

/**
 * What the newest rows of some samples hold in one column, missing values left aside.
 *
 * @param present values that are there
 * @param missing values that are not
 * @param mean of the present values
 * @param deviation their standard deviation (of the population)
 * @param median their median, which stands in for a missing value
 * @param minimum the smallest
 * @param maximum the largest
 */
public record ColumnStatistics(
    int present,
    int missing,
    double mean,
    double deviation,
    double median,
    double minimum,
    double maximum) {

  public static ColumnStatistics of(Samples rows, int column) {
    float[] values = new float[rows.count()];
    int present = 0;
    double sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      float value = rows.at(i, column);
      if (!Float.isNaN(value)) {
        values[present++] = value;
        sum += value;
      }
    }
    int missing = rows.count() - present;
    if (present == 0) {
      return new ColumnStatistics(
          0, missing, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    double mean = sum / present;
    double squares = 0;
    for (int i = 0; i < present; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    Arrays.sort(values, 0, present);
    double median = (values[(present - 1) / 2] + (double) values[present / 2]) / 2;
    return new ColumnStatistics(
        present,
        missing,
        mean,
        Math.sqrt(squares / present),
        median,
        values[0],
        values[present - 1]);
  }

  /** Every row has a value missing here. */
  public boolean isEmpty() {
    return present == 0;
  }

  /** The column says nothing: all present values are the same. */
  public boolean isConstant() {
    return present > 0 && minimum == maximum;
  }
}
