package dev.weir.trainer.network;

import dev.weir.trainer.data.ColumnStatistics;
import dev.weir.trainer.data.Rows;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What happens to raw rows before the network: missing values become the median, then each column
 * is centred on its mean, divided by its standard deviation, and clipped.
 *
 * <p>A constant column (or one that varies by less than single precision can divide by) is centred
 * and left in its own units. The clip keeps one wild value from swamping the network; what it cuts
 * off is still far outside of what the network can reconstruct.
 *
 * @param medians stand in for missing values, in raw units
 * @param means in raw units
 * @param scales what a column is divided by, in raw units; above zero
 * @param clip in standard deviations
 */
@SuppressWarnings("ArrayRecordComponent") // shared within the trainer, never changed
public record Standardizer(float[] medians, float[] means, float[] scales, float clip) {

  /** Learns from training rows. */
  public static Standardizer fit(Rows rows, float clip) {
    List<ColumnStatistics> columns =
        IntStream.range(0, rows.width()).mapToObj(j -> ColumnStatistics.of(rows, j)).toList();
    float[] medians = new float[rows.width()];
    float[] means = new float[rows.width()];
    float[] scales = new float[rows.width()];
    for (int j = 0; j < rows.width(); j++) {
      ColumnStatistics column = columns.get(j);
      medians[j] = (float) column.median();
      means[j] = (float) column.mean();
      float deviation = (float) column.deviation();
      scales[j] = column.isConstant() || deviation < Float.MIN_NORMAL ? 1 : deviation;
    }
    return new Standardizer(medians, means, scales, clip);
  }

  public int width() {
    return means.length;
  }

  /** Standardised rows, float32 {@code [n, d]}, without a NaN. */
  public float[] apply(Rows rows) {
    float[] z = rows.copy();
    for (int i = 0; i < z.length; i++) {
      int j = i % width();
      float value = Float.isNaN(z[i]) ? medians[j] : z[i];
      z[i] = Math.max(-clip, Math.min(clip, (value - means[j]) / scales[j]));
    }
    return z;
  }

  /** 1 where a value is present and 0 where it is missing, float32 {@code [n, d]}. */
  public static float[] mask(Rows rows) {
    float[] mask = rows.copy();
    for (int i = 0; i < mask.length; i++) {
      mask[i] = Float.isNaN(mask[i]) ? 0 : 1;
    }
    return mask;
  }
}
