package dev.weir.trainer.network;

import java.util.List;

/**
 * A sequence autoencoder after training.
 *
 * @param encoder sums a window up in one vector
 * @param dense from there down to the code and up to the columns of the newest row; the first layer
 *     is the code
 */
public record SequenceWeights(SequenceEncoder encoder, List<DenseLayer> dense) {
  public SequenceWeights {
    dense = List.copyOf(dense);
  }
}
