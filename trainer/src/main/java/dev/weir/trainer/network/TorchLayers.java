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
  private final List<DenseLayer> layers;
  private final NDManager manager;
  private final List<NDArray> transposedWeights = new ArrayList<>();
  private final List<NDArray> biases = new ArrayList<>();

  public TorchLayers(List<DenseLayer> layers) {
    this.layers = layers;
    manager = TorchEngine.get().newBaseManager(Device.cpu());
    for (DenseLayer layer : layers) {
      Shape shape = new Shape(layer.outputs(), layer.inputs());
      transposedWeights.add(manager.create(layer.weights(), shape).transpose());
      biases.add(manager.create(layer.bias()));
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
      for (int i = 0; i < layers.size(); i++) {
        rows = rows.matMul(transposedWeights.get(i)).add(biases.get(i));
        rows = activate(layers.get(i), rows);
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
