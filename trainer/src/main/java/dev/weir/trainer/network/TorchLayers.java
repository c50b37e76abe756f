package dev.weir.trainer.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;

/** Fitted layers in PyTorch, for use after training. Holds native memory until closed. */
public final class TorchLayers implements AutoCloseable {
  private final List<Layer> layers;
  private final NDManager manager;
  private final List<NDArray> transposedWeights = new ArrayList<>();
  private final List<NDArray> biases = new ArrayList<>();

  public TorchLayers(List<? extends Layer> layers) {
    this.layers = List.copyOf(layers);
    manager = TorchEngine.get().newBaseManager(Device.cpu());
    for (Layer layer : layers) {
      if (layer instanceof DenseLayer dense) {
        Shape shape = new Shape(dense.outputs(), dense.inputs());
        transposedWeights.add(manager.create(dense.weights(), shape).transpose());
        biases.add(manager.create(dense.bias()));
      }
    }
  }

  /**
   * The last layer's output.
   *
   * @param input float32 {@code [n, in]}
   * @return float32 {@code [n, out]}
   */
  public float[] forward(float[] input) {
    try (NDManager scope = manager.newSubManager()) {
      int width = layers.get(0).inputs();
      NDArray rows = scope.create(input, new Shape(input.length / width, width));
      int place = 0;
      for (Layer layer : layers) {
        if (layer instanceof DenseLayer dense) {
          rows = rows.matMul(transposedWeights.get(place)).add(biases.get(place));
          rows = activate(dense, rows);
          place++;
        } else {
          rows = FittedLayers.embedded(rows, (EmbeddingLayer) layer);
        }
      }
      return rows.toFloatArray();
    }
  }

  static NDArray activate(DenseLayer layer, NDArray rows) {
    if (layer.activation().isEmpty()) {
      return rows;
    }
    return switch (layer.activation().get()) {
      case RELU -> Activation.relu(rows);
      case TANH -> Activation.tanh(rows);
      case GELU -> Activation.gelu(rows);
      case SIGMOID -> Activation.sigmoid(rows);
      case LINEAR -> rows;
    };
  }

  @Override
  public void close() {
    manager.close();
  }
}
