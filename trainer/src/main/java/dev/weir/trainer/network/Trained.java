package dev.weir.trainer.network;

import java.util.List;
import java.util.Optional;

/**
 * What a training brought.
 *
 * @param weights of the epoch with the lowest validation loss
 * @param bestLoss that loss
 * @param epochs what each epoch brought, in order
 * @param state of the same epoch, for another training to begin with; empty if nobody kept it
 * @param <W> the network's kind of weights
 */
public record Trained<W>(
    W weights, double bestLoss, List<EpochReport> epochs, Optional<NetworkState> state) {

  public Trained {
    epochs = List.copyOf(epochs);
  }

  /** Without a state. */
  public Trained(W weights, double bestLoss, List<EpochReport> epochs) {
    this(weights, bestLoss, epochs, Optional.empty());
  }
}
