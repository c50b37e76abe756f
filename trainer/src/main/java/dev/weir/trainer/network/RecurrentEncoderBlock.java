package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.ParameterStore;
import dev.weir.trainer.network.RecurrentLayer.Cell;
import java.util.ArrayList;
import java.util.List;

/** Recurrent layers in training, with dropout after each. */
final class RecurrentEncoderBlock extends EncoderBlock {
  private final Cell cell;
  private final int units;
  private final List<RecurrentBlock> layers = new ArrayList<>();

  RecurrentEncoderBlock(Cell cell, int units, int layers, double dropout) {
    super(units, dropout);
    this.cell = cell;
    this.units = units;
    for (int i = 0; i < layers; i++) {
      this.layers.add(addChildBlock("layer" + i, layer(cell, units)));
    }
  }

  private static RecurrentBlock layer(Cell cell, int units) {
    return switch (cell) {
      case LSTM -> LSTM.builder().setStateSize(units).setNumLayers(1).optBatchFirst(true).build();
      case GRU -> GRU.builder().setStateSize(units).setNumLayers(1).optBatchFirst(true).build();
    };
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    Shape shape = inputs[0];
    for (RecurrentBlock layer : layers) {
      layer.initialize(manager, type, shape);
      shape = new Shape(shape.get(0), shape.get(1), units);
    }
  }

  @Override
  NDArray summary(ParameterStore parameters, NDArray rows, boolean training) {
    NDArray states = rows;
    for (RecurrentBlock layer : layers) {
      states = dropped(apply(layer, parameters, states, training), training);
    }
    return TorchAttention.newest(states).squeeze(1);
  }

  @Override
  SequenceEncoder weights() {
    return new SequenceEncoder.Recurrent(layers.stream().map(this::weights).toList());
  }

  private RecurrentLayer weights(RecurrentBlock layer) {
    return new RecurrentLayer(
        cell,
        values(layer, "i2h", Parameter.Type.WEIGHT),
        values(layer, "h2h", Parameter.Type.WEIGHT),
        values(layer, "i2h", Parameter.Type.BIAS),
        values(layer, "h2h", Parameter.Type.BIAS));
  }

  /** DJL calls what a row is multiplied with {@code l_0_i2h_WEIGHT}, and the others likewise. */
  private static float[] values(RecurrentBlock layer, String place, Parameter.Type type) {
    return layer
        .getDirectParameters()
        .get("l_0_" + place + "_" + type.name())
        .getArray()
        .toFloatArray();
  }
}
