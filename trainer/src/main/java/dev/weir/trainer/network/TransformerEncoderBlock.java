package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import dev.weir.trainer.config.ActivationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A transformer's encoder in training, with dropout of what each part of a layer adds. */
final class TransformerEncoderBlock extends EncoderBlock {
  /** How much wider than a row the dense layers are within. */
  private static final int WIDENING = 2;

  private final int width;
  private final int heads;
  private final float[] positions;
  private final Linear embedding;
  private final List<Layer> layers = new ArrayList<>();
  private final LayerNorm last;

  TransformerEncoderBlock(int window, int width, int heads, int layers, double dropout) {
    super(width, dropout);
    this.width = width;
    this.heads = heads;
    positions = SequenceEncoder.Transformer.positions(window, width);
    embedding = addChildBlock("embedding", linear(width));
    for (int i = 0; i < layers; i++) {
      this.layers.add(new Layer("layer" + i));
    }
    last = addChildBlock("last", norm());
  }

  private static Linear linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  private static LayerNorm norm() {
    return LayerNorm.builder().axis(2).optEpsilon(Normalization.EPSILON).build();
  }

  /** The blocks of a layer, in their order. */
  private final class Layer {
    private final LayerNorm before;
    private final Linear queries;
    private final Linear keys;
    private final Linear values;
    private final Linear merge;
    private final LayerNorm between;
    private final Linear widen;
    private final Linear narrow;

    Layer(String name) {
      before = addChildBlock(name + "Before", norm());
      queries = addChildBlock(name + "Queries", linear(width));
      keys = addChildBlock(name + "Keys", linear(width));
      values = addChildBlock(name + "Values", linear(width));
      merge = addChildBlock(name + "Merge", linear(width));
      between = addChildBlock(name + "Between", norm());
      widen = addChildBlock(name + "Widen", linear(WIDENING * width));
      narrow = addChildBlock(name + "Narrow", linear(width));
    }

    void initialize(NDManager manager, DataType type, Shape rows) {
      for (Block block : List.of(before, queries, keys, values, merge, between, widen)) {
        block.initialize(manager, type, rows);
      }
      narrow.initialize(
          manager, type, new Shape(rows.get(0), rows.get(1), (long) WIDENING * width));
    }

    NDArray forward(ParameterStore parameters, NDArray rows, boolean newestOnly, boolean training) {
      NDArray normal = apply(before, parameters, rows, training);
      NDArray asking = newestOnly ? TorchAttention.newest(normal) : normal;
      NDArray found =
          TorchAttention.attend(
              apply(queries, parameters, asking, training),
              apply(keys, parameters, normal, training),
              apply(values, parameters, normal, training),
              heads);
      NDArray kept = newestOnly ? TorchAttention.newest(rows) : rows;
      NDArray sum = kept.add(dropped(apply(merge, parameters, found, training), training));
      NDArray wide =
          Activation.gelu(
              apply(widen, parameters, apply(between, parameters, sum, training), training));
      return sum.add(dropped(apply(narrow, parameters, wide, training), training));
    }

    AttentionLayer weights() {
      return new AttentionLayer(
          normalization(before),
          dense(queries, Optional.empty()),
          dense(keys, Optional.empty()),
          dense(values, Optional.empty()),
          dense(merge, Optional.empty()),
          normalization(between),
          dense(widen, Optional.of(ActivationKind.GELU)),
          dense(narrow, Optional.empty()));
    }
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    embedding.initialize(manager, type, inputs[0]);
    Shape rows = new Shape(inputs[0].get(0), inputs[0].get(1), width);
    layers.forEach(layer -> layer.initialize(manager, type, rows));
    last.initialize(manager, type, rows);
  }

  @Override
  NDArray summary(ParameterStore parameters, NDArray rows, boolean training) {
    NDArray places =
        rows.getManager().create(positions, new Shape(positions.length / width, width));
    NDArray values = apply(embedding, parameters, rows, training).add(places);
    for (int i = 0; i < layers.size(); i++) {
      boolean newestOnly = i == layers.size() - 1;
      values = layers.get(i).forward(parameters, values, newestOnly, training);
    }
    return apply(last, parameters, values, training).squeeze(1);
  }

  @Override
  SequenceEncoder weights() {
    return new SequenceEncoder.Transformer(
        dense(embedding, Optional.empty()),
        positions,
        layers.stream().map(Layer::weights).toList(),
        normalization(last),
        heads);
  }

  private static DenseLayer dense(Linear linear, Optional<ActivationKind> activation) {
    return new DenseLayer(
        values(linear, Parameter.Type.WEIGHT), values(linear, Parameter.Type.BIAS), activation);
  }

  private static Normalization normalization(LayerNorm norm) {
    return new Normalization(values(norm, Parameter.Type.GAMMA), values(norm, Parameter.Type.BETA));
  }
}
