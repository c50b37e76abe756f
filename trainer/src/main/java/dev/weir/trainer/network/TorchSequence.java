package dev.weir.trainer.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** A fitted sequence autoencoder in PyTorch, for use after training. Not thread-safe. */
public final class TorchSequence implements AutoCloseable {
  private final SequenceWeights weights;
  private final NDManager manager;

  public TorchSequence(SequenceWeights weights) {
    this.weights = weights;
    manager = TorchEngine.get().newBaseManager(Device.cpu());
  }

  /**
   * What the last dense layer gives: the newest rows as the network gives them back.
   *
   * @param windows float32 {@code [n, w, e]}
   * @param count how many there are, {@code n}
   * @param window how many rows each has, {@code w}
   * @return float32 {@code [n, out]}
   */
  public float[] forward(float[] windows, int count, int window) {
    try (NDManager scope = manager.newSubManager()) {
      Shape shape = new Shape(count, window, windows.length / count / window);
      NDArray values = summary(embedded(scope.create(windows, shape)));
      for (DenseLayer layer : weights.dense()) {
        values = FittedLayers.dense(values, layer);
      }
      return values.toFloatArray();
    }
  }

  private NDArray embedded(NDArray rows) {
    return weights.embedding().map(layer -> FittedLayers.embedded(rows, layer)).orElse(rows);
  }

  private NDArray summary(NDArray rows) {
    if (weights.encoder() instanceof SequenceEncoder.Recurrent recurrent) {
      NDArray states = rows;
      for (RecurrentLayer layer : recurrent.layers()) {
        states = new TorchRecurrence(layer).forward(states);
      }
      return TorchAttention.newest(states).squeeze(1);
    }
    SequenceEncoder.Transformer transformer = (SequenceEncoder.Transformer) weights.encoder();
    long width = transformer.embedding().outputs();
    NDArray places =
        rows.getManager().create(transformer.positions(), new Shape(rows.getShape().get(1), width));
    NDArray values = FittedLayers.dense(rows, transformer.embedding()).add(places);
    int last = transformer.layers().size() - 1;
    for (int i = 0; i <= last; i++) {
      AttentionLayer layer = transformer.layers().get(i);
      values = TorchAttention.forward(values, layer, transformer.heads(), i == last);
    }
    return FittedLayers.normalized(values, transformer.last()).squeeze(1);
  }

  @Override
  public void close() {
    manager.close();
  }
}
