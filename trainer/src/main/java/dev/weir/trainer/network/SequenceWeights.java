package dev.weir.trainer.network;

import java.util.List;
import java.util.Optional;

/**
 * A sequence autoencoder after training.
 *
 * @param embedding of categories, row by row; empty if there is none
 * @param encoder sums a window up in one vector
 * @param dense from there down to the code and up to the columns of the newest row; the first layer
 *     is the code
 */
public record SequenceWeights(
    Optional<EmbeddingLayer> embedding, SequenceEncoder encoder, List<DenseLayer> dense) {
  public SequenceWeights {
    dense = List.copyOf(dense);
  }
}
