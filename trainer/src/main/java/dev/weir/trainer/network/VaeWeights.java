package dev.weir.trainer.network;

import java.util.List;

/**
 * A variational autoencoder after training.
 *
 * @param encoder to the posterior's {@code k} means and then its {@code k} log-variances, {@code
 *     [n, 2k]}; log-variances beyond {@link #LOG_VARIANCE_BOUND} count as that
 * @param decoder to the columns' means, {@code [n, w · e]}; and, if {@code decodesVariance}, then
 *     to as many numbers {@code s} that say how sure it is of them: the variance of a column is
 *     {@link #LOWEST_VARIANCE}{@code / sigmoid(-s)}, with {@code s} within {@link #DOUBT_BOUND} of
 *     0
 * @param decodesVariance whether it gives a variance for each value
 * @param variance of all values, if it does not
 */
public record VaeWeights(
    List<Layer> encoder, List<DenseLayer> decoder, boolean decodesVariance, double variance) {
  /** Beyond it, a posterior is a point or says nothing. */
  public static final float LOG_VARIANCE_BOUND = 10;

  /**
   * No value is foretold better than by a tenth of its column's deviation. Without a floor, the
   * likelihood of what is always the same has no bound.
   */
  public static final double LOWEST_VARIANCE = 0.01;

  /** Beyond it, the variance is so large that any value goes. */
  public static final float DOUBT_BOUND = 30;

  public VaeWeights {
    encoder = List.copyOf(encoder);
    decoder = List.copyOf(decoder);
  }

  /** The number of latent variables, {@code k}. */
  public int latents() {
    return encoder.get(encoder.size() - 1).outputs() / 2;
  }
}
