package dev.weir.model.calibration;

/**
 * The generalised Pareto distribution of the excesses over a high threshold.
 *
 * <p>By the Pickands-Balkema-de Haan theorem the excesses {@code S - u} of most distributions over
 * a high enough {@code u} are nearly distributed so (peaks over threshold; Siffer et al. 2017,
 * "Anomaly Detection in Streams with Extreme Value Theory").
 *
 * @param threshold {@code u}, in units of the score
 * @param exceedanceRate P(S &gt; u), in (0, 1)
 * @param shape ξ: 0 for an exponential tail, larger for a heavier one; below 0 the tail ends
 * @param scale σ &gt; 0, in units of the score
 */
public record ParetoTail(double threshold, double exceedanceRate, double shape, double scale) {
  private static final double EXPONENTIAL = 1e-9;

  public ParetoTail {
    if (!Double.isFinite(threshold)) {
      throw new IllegalArgumentException("threshold must be finite, but is " + threshold);
    }
    if (!(exceedanceRate > 0 && exceedanceRate < 1)) {
      throw new IllegalArgumentException(
          "exceedanceRate must be in (0, 1), but is " + exceedanceRate);
    }
    if (!(scale > 0) || !Double.isFinite(scale) || !Double.isFinite(shape)) {
      throw new IllegalArgumentException(
          "scale must be positive and shape finite, but are " + scale + " and " + shape);
    }
  }

  /** P(S ≥ score), for a score at or above the threshold. */
  public double exceedance(double score) {
    double excess = Math.max(0, score - threshold) / scale;
    if (Math.abs(shape) < EXPONENTIAL) {
      return exceedanceRate * Math.exp(-excess);
    }
    double growth = shape * excess;
    return growth <= -1 ? 0 : exceedanceRate * Math.exp(-Math.log1p(growth) / shape);
  }

  /** The score that is reached with the given probability, which is at most the exceedance rate. */
  public double scoreAt(double probability) {
    double rarity = -Math.log(probability / exceedanceRate);
    if (Math.abs(shape) < EXPONENTIAL) {
      return threshold + scale * rarity;
    }
    return threshold + scale * (Math.expm1(shape * rarity) / shape);
  }
}
