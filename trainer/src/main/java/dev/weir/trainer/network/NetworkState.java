package dev.weir.trainer.network;

import java.util.List;

/**
 * All that a network's further training depends on, besides its config and its data.
 *
 * @param weights of each parameter, in the order in which the network has them
 * @param moments of the optimiser: of each parameter the mean and then the variance of its
 *     gradient; empty if they were not asked for
 * @param counters how many steps there were, states of random sources, and what else a family
 *     counts, in an order of its own
 */
@SuppressWarnings("ArrayRecordComponent") // handed to or from a checkpoint, never changed
public record NetworkState(List<float[]> weights, List<float[]> moments, long[] counters) {
  public NetworkState {
    weights = List.copyOf(weights);
    moments = List.copyOf(moments);
  }
}
