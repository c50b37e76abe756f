package dev.weir.trainer.data;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Brings differences to one size and takes away what they have in common: {@code y = R⁻¹ᐟ² D⁻¹ (e -
 * m)}, with the mean {@code m}, the deviations {@code D} and the correlations {@code R} of normal
 * rows' differences.
 *
 * <p>The squared length of {@code y} is the squared Mahalanobis distance, by which Malhotra et al.
 * (2016, "LSTM-based encoder-decoder for multi-sensor anomaly detection") score the errors of a
 * network. The root is the symmetric one (Kessy, Lewin and Strimmer 2018, "Optimal whitening and
 * decorrelation"), which keeps each {@code y} as near as can be to its own column, so that its
 * square is the column's part. Deviations and correlations are shrunk (Ledoit and Wolf 2004), since
 * a column that hardly ever differed would otherwise rule the score.
 */
public final class Whitening {
  /** What is added to each variance, as a share of the mean one. */
  private static final double FLOOR = 0.05;

  /** The least variance there is, for columns that never differ at all. */
  private static final double LEAST = 1e-9;

  /** How far correlations are drawn towards none. */
  private static final double SHRINKAGE = 0.3;

  /** Correlations of more columns take too long to decompose; they are left out. */
  private static final int MOST_COLUMNS = 1024;

  private final int width;
  private final float[] mean;
  private final float[] matrix;

  private Whitening(int width, float[] mean, float[] matrix) {
    this.width = width;
    this.mean = mean;
    this.matrix = matrix;
  }

  /** Learns it from the differences of normal rows. */
  public static Whitening of(CovarianceCollector differences) {
    return of(differences, differences.width() <= MOST_COLUMNS);
  }

  /** The same, but what columns have in common is left as it is: {@code y = D⁻¹ (e - m)}. */
  public static Whitening ofEachColumn(CovarianceCollector differences) {
    return of(differences, false);
  }

  private static Whitening of(CovarianceCollector differences, boolean decorrelate) {
    int width = differences.width();
    DMatrixRMaj covariance = differences.covariance();
    double average = 0;
    for (int j = 0; j < width; j++) {
      average += covariance.get(j, j) / width;
    }
    double[] deviations = new double[width];
    for (int j = 0; j < width; j++) {
      deviations[j] = Math.sqrt(covariance.get(j, j) + FLOOR * average + LEAST);
    }
    double[] root = decorrelate ? inverseRoot(covariance, deviations) : identity(width);
    float[] matrix = new float[width * width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        matrix[i * width + j] = (float) (root[i * width + j] / deviations[j]);
      }
    }
    float[] mean = new float[width];
    double[] exact = differences.mean();
    for (int j = 0; j < width; j++) {
      mean[j] = (float) exact[j];
    }
    return new Whitening(width, mean, matrix);
  }

  private static double[] identity(int width) {
    double[] identity = new double[width * width];
    for (int j = 0; j < width; j++) {
      identity[j * width + j] = 1;
    }
    return identity;
  }

  /** {@code ((1 - λ) R + λ I)⁻¹ᐟ²}, row by row. */
  private static double[] inverseRoot(DMatrixRMaj covariance, double[] deviations) {
    int width = deviations.length;
    DMatrixRMaj correlations = new DMatrixRMaj(width, width);
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        double correlation = covariance.get(i, j) / deviations[i] / deviations[j];
        correlations.set(i, j, (1 - SHRINKAGE) * correlation + (i == j ? SHRINKAGE : 0));
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.eig(width, true, true);
    if (!decomposition.decompose(correlations)) {
      throw new IllegalStateException("correlations of " + width + " columns have no eigenvalues");
    }
    double[] root = new double[width * width];
    for (int k = 0; k < width; k++) {
      double[] direction = decomposition.getEigenVector(k).data;
      double value = Math.max(SHRINKAGE / 2, decomposition.getEigenvalue(k).getReal());
      for (int i = 0; i < width; i++) {
        double scaled = direction[i] / Math.sqrt(value);
        for (int j = 0; j < width; j++) {
          root[i * width + j] += scaled * direction[j];
        }
      }
    }
    return root;
  }

  /** The number of columns. */
  public int width() {
    return width;
  }

  /** What differences are on average, {@code [width]}. */
  public float[] mean() {
    return mean.clone();
  }

  /** {@code R⁻¹ᐟ² D⁻¹}, row by row, {@code [width, width]}. */
  public float[] matrix() {
    return matrix.clone();
  }

  /**
   * Squares of whitened differences.
   *
   * @param differences float32 {@code [n, width]}
   * @param mask 1 where a difference counts, 0 where it is unknown and taken for none, likewise
   * @return float64 {@code [n, width]}
   */
  public double[] squares(float[] differences, float[] mask) {
    double[] squares = new double[differences.length];
    double[] centred = new double[width];
    for (int row = 0; row < differences.length; row += width) {
      for (int j = 0; j < width; j++) {
        centred[j] = (differences[row + j] - mean[j]) * mask[row + j];
      }
      for (int i = 0; i < width; i++) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
          sum += matrix[i * width + j] * centred[j];
        }
        squares[row + i] = sum * sum;
      }
    }
    return squares;
  }

  @Override
  public String toString() {
    return "Whitening[" + width + " columns, mean " + Arrays.toString(mean) + "]";
  }
}
