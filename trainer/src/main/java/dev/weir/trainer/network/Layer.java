package dev.weir.trainer.network;

/** A layer after training: {@code [n, in]} becomes {@code [n, out]}. */
public sealed interface Layer permits DenseLayer, EmbeddingLayer {

  /** The width of its input. */
  int inputs();

  /** The width of its output. */
  int outputs();
}
