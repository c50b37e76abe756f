package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/** The parts of a variational autoencoder's loss, the negative evidence lower bound. */
final class VaeLoss {
  private VaeLoss() {}

  /**
   * The divergence of each row's posterior from the standard normal prior, {@code ½ Σ (μ² + σ² - 1
   * - log σ²)} (Kingma and Welling 2014, appendix B).
   *
   * @param mean {@code μ}, {@code [n, k]}
   * @param logVariance {@code log σ²}, {@code [n, k]}
   * @return {@code [n]}
   */
  static NDArray divergence(NDArray mean, NDArray logVariance) {
    return Scalars.times(
        mean.mul(mean).add(logVariance.exp()).sub(1).sub(logVariance).sum(new int[] {1}), 0.5);
  }

  /**
   * The negative log-likelihood of values under normal distributions of one variance, less what it
   * is at the lowest variance and without an error; so never negative.
   *
   * @param error {@code [n, m]}
   * @return {@code [n, m]}
   */
  static NDArray surprise(NDArray error, double variance) {
    return Scalars.over(error.mul(error), 2 * variance)
        .add((float) (0.5 * Math.log(variance / VaeWeights.LOWEST_VARIANCE)));
  }

  /**
   * The same where each value has a variance of its own, {@link VaeWeights#LOWEST_VARIANCE}{@code /
   * sigmoid(-s)}: {@code -½ log p + error² p / (2 lowest)} with {@code p = sigmoid(-s)}.
   *
   * @param error {@code [n, m]}
   * @param doubt {@code s}, {@code [n, m]}
   * @return {@code [n, m]}
   */
  static NDArray surprise(NDArray error, NDArray doubt) {
    NDArray certainty = doubt.clip(-VaeWeights.DOUBT_BOUND, VaeWeights.DOUBT_BOUND).neg();
    NDArray precision = Activation.sigmoid(certainty);
    return Scalars.over(error.mul(error).mul(precision), 2 * VaeWeights.LOWEST_VARIANCE)
        .sub(Scalars.times(precision.log(), 0.5));
  }
}
