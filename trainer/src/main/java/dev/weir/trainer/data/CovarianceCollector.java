package dev.weir.trainer.data;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Mean and covariance of rows that come in parts, in double precision.
 *
 * <p>Each part is centred by itself and merged, so that large means cost no digits (Chan, Golub and
 * LeVeque 1979). Not thread-safe.
 */
public final class CovarianceCollector {
  private final int width;
  private final double[] mean;
  private final DMatrixRMaj scatter;
  private long count;

  /** Begins with no rows of so many columns. */
  public CovarianceCollector(int width) {
    this.width = width;
    mean = new double[width];
    scatter = new DMatrixRMaj(width, width);
  }

  /**
   * Adds rows.
   *
   * @param rows float32 {@code [n, width]}, without a NaN
   */
  public void add(float[] rows) {
    int n = rows.length / width;
    if (n == 0) {
      return;
    }
    DMatrixRMaj centred = new DMatrixRMaj(n, width);
    double[] shift = new double[width];
    for (int j = 0; j < width; j++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += rows[i * width + j];
      }
      double partMean = sum / n;
      for (int i = 0; i < n; i++) {
        centred.data[i * width + j] = rows[i * width + j] - partMean;
      }
      shift[j] = partMean - mean[j];
    }
    CommonOps_DDRM.multAddTransA(centred, centred, scatter);
    double between = (double) count * n / (count + n);
    for (int j = 0; j < width; j++) {
      for (int k = 0; k < width; k++) {
        scatter.data[j * width + k] += between * shift[j] * shift[k];
      }
      mean[j] += shift[j] * n / (count + n);
    }
    count += n;
  }

  /** The number of columns. */
  public int width() {
    return width;
  }

  /** The mean of all rows so far, {@code [width]}. */
  public double[] mean() {
    return mean.clone();
  }

  /** The covariance of all rows so far, divided by their number, {@code [width, width]}. */
  DMatrixRMaj covariance() {
    DMatrixRMaj covariance = scatter.copy();
    CommonOps_DDRM.divide(covariance, (double) Math.max(1, count));
    return covariance;
  }
}
