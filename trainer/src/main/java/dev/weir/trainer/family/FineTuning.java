package dev.weir.trainer.family;

import dev.weir.trainer.config.FineTuneConfig;
import dev.weir.trainer.config.Freeze;
import dev.weir.trainer.config.NetworkTraining;
import dev.weir.trainer.network.NetworkState;

/**
 * A fit that begins with the weights of another model of the same architecture.
 *
 * @param start those weights
 * @param config what is trained further, and how
 */
public record FineTuning(NetworkState start, FineTuneConfig config) {
  /** Smaller steps keep what was learned before. */
  private static final double SLOWER = 0.2;

  boolean freezesEncoder() {
    return config.freeze() == Freeze.ENCODER;
  }

  /** How the network is trained further, by how it would be trained anew. */
  NetworkTraining adjust(NetworkTraining training) {
    return new NetworkTraining(
        config.epochs() == null ? training.epochs() : config.epochs(),
        training.batchSize(),
        config.learningRate() == null ? SLOWER * training.learningRate() : config.learningRate(),
        training.weightDecay(),
        training.patience(),
        training.seed());
  }
}
