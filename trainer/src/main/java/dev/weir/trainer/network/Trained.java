package dev.weir.trainer.network;

import java.util.List;

/**
 * What a training brought.
 *
 * @param weights of the epoch with the lowest validation loss
 * @param bestLoss that loss
 * @param epochs what each epoch brought, in order
 * @param <W> the network's kind of weights
 */
public record Trained<W>(W weights, double bestLoss, List<EpochReport> epochs) {

  public Trained {
    epochs = List.copyOf(epochs);
  }
}
