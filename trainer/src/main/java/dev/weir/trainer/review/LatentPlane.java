package dev.weir.trainer.review;

import dev.weir.trainer.data.CovarianceCollector;
import dev.weir.trainer.data.PrincipalComponents;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.family.FittedModel;
import java.util.Optional;

/**
 * Samples where the model puts them in its latent space, seen along the two directions in which
 * their codes vary most (principal components).
 *
 * @param x the place along the first direction, {@code [n]}
 * @param y along the second one, {@code [n]}; all zero if the code has one dimension
 * @param explained the share of the codes' variance that is seen, from 0 to 1
 * @param dimensions of the code
 */
@SuppressWarnings("ArrayRecordComponent") // drawn once and thrown away
public record LatentPlane(double[] x, double[] y, double explained, int dimensions) {
  /** Empty for a model without a latent space. */
  public static Optional<LatentPlane> of(FittedModel model, Samples samples) {
    return samples.count() < 2
        ? Optional.empty()
        : model.codes(samples).map(codes -> of(codes, codes.length / samples.count()));
  }

  /**
   * Projects codes.
   *
   * @param codes float32 {@code [n, k]}
   * @param k how many numbers a code has
   */
  static LatentPlane of(float[] codes, int k) {
    CovarianceCollector collector = new CovarianceCollector(k);
    collector.add(codes);
    PrincipalComponents components = PrincipalComponents.of(collector);
    double total = components.totalVariance();
    double[] variances = components.variances();
    double seen = variances[0] + (k > 1 ? variances[1] : 0);
    return new LatentPlane(
        along(codes, components.mean(), components.direction(0)),
        along(codes, components.mean(), k > 1 ? components.direction(1) : new double[1]),
        total > 0 ? Math.min(1, seen / total) : 1,
        k);
  }

  private static double[] along(float[] codes, double[] mean, double[] direction) {
    int k = direction.length;
    double[] places = new double[codes.length / k];
    for (int i = 0; i < codes.length; i++) {
      places[i / k] += (codes[i] - mean[i % k]) * direction[i % k];
    }
    return places;
  }
}
