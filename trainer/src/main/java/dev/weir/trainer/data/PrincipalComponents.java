package dev.weir.trainer.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The directions along which rows vary most (Pearson 1901; Hotelling 1933): eigenvectors of their
 * covariance, which are the right singular vectors of the centred rows. Exact, and the same for the
 * same rows.
 */
public final class PrincipalComponents {
  private final double[] mean;
  private final double[] variances;
  private final double[][] directions;

  private PrincipalComponents(double[] mean, double[] variances, double[][] directions) {
    this.mean = mean;
    this.variances = variances;
    this.directions = directions;
  }

  /** Decomposes the covariance of the rows that were collected. */
  public static PrincipalComponents of(CovarianceCollector rows) {
    int width = rows.width();
    EigenDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.eig(width, true, true);
    if (!decomposition.decompose(rows.covariance())) {
      throw new IllegalStateException("the covariance of " + width + " columns has no eigenvalues");
    }
    double[] eigenvalues = new double[width];
    Arrays.setAll(eigenvalues, i -> decomposition.getEigenvalue(i).getReal());
    int[] order =
        IntStream.range(0, width)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -eigenvalues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] variances = new double[width];
    double[][] directions = new double[width][];
    for (int k = 0; k < width; k++) {
      // Of a direction without variance, rounding makes a small number of whatever sign.
      variances[k] = Math.max(0, eigenvalues[order[k]]);
      directions[k] = upright(decomposition.getEigenVector(order[k]).data);
    }
    return new PrincipalComponents(rows.mean(), variances, directions);
  }

  /** A direction and its opposite mean the same; the one whose largest entry is positive. */
  private static double[] upright(double[] direction) {
    int largest = 0;
    for (int j = 1; j < direction.length; j++) {
      largest = Math.abs(direction[j]) > Math.abs(direction[largest]) ? j : largest;
    }
    double sign = direction[largest] < 0 ? -1 : 1;
    return Arrays.stream(direction).map(entry -> sign * entry).toArray();
  }

  /** The rows' mean, {@code [width]}. */
  public double[] mean() {
    return mean.clone();
  }

  /** The variance along each direction, the largest first, {@code [width]}; none is negative. */
  public double[] variances() {
    return variances.clone();
  }

  /** A direction of length 1, {@code [width]}; 0 is that of the largest variance. */
  public double[] direction(int component) {
    return directions[component].clone();
  }

  /** The variance in all directions together. */
  public double totalVariance() {
    return Arrays.stream(variances).sum();
  }

  /** How many directions have more than a share of the total variance each. */
  public int rank(double share) {
    double least = share * totalVariance();
    return (int) Arrays.stream(variances).filter(variance -> variance > least).count();
  }

  /** The fewest components that together explain a share of the total variance; at least 1. */
  public int explaining(double share) {
    double wanted = share * totalVariance();
    double explained = 0;
    int count = 0;
    while (count < variances.length && (count == 0 || explained < wanted)) {
      explained += variances[count++];
    }
    return count;
  }
}
