package dev.weir.trainer.network;

/**
 * A network while it is trained. Holds native memory until closed; not thread-safe.
 *
 * @param <W> its weights, as they are kept and exported
 */
public interface TrainableNetwork<W> extends AutoCloseable {

  /**
   * One step of gradient descent.
   *
   * @return the loss before the step, the mean over the values that are present, and what a
   *     regularisation adds
   */
  double step(Batch batch);

  /**
   * The loss of samples that are not trained on, of the same kind but for what a regularisation
   * adds; the same each time for the same weights.
   */
  double loss(Batch batch);

  /** The weights as they are now, copied. */
  W weights();

  /**
   * The network as it is now, copied.
   *
   * @param withMoments whether it is to be trained further from there, and not only used
   */
  NetworkState state(boolean withMoments);

  /** Goes on from a state of the same network. */
  void restore(NetworkState state);

  /**
   * Takes over the weights of another network of the same architecture, to train them further.
   *
   * @param freezeEncoder whether all up to the code stays as it is
   */
  void begin(NetworkState trained, boolean freezeEncoder);

  @Override
  void close();
}
