package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import dev.weir.trainer.config.ActivationKind;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Fully connected layers, one after the other, as a block of PyTorch's. */
final class DenseStack {
  private final SequentialBlock block = new SequentialBlock();
  private Optional<EmbeddingBlock> embedding = Optional.empty();
  private final List<Linear> linears = new ArrayList<>();
  private final List<Optional<ActivationKind>> activations = new ArrayList<>();

  /** Appends a layer; without an activation it is linear. */
  DenseStack add(int units, Optional<ActivationKind> activation) {
    Linear linear = Linear.builder().setUnits(units).build();
    block.add(linear);
    linears.add(linear);
    activations.add(activation);
    activation.map(DenseStack::block).ifPresent(block::add);
    return this;
  }

  private static Block block(ActivationKind kind) {
    return switch (kind) {
      case RELU -> Activation.reluBlock();
      case TANH -> Activation.tanhBlock();
      case GELU -> Activation.geluBlock();
      case SIGMOID -> Activation.sigmoidBlock();
      case LINEAR -> null;
    };
  }

  /** Begins with embeddings of categories, if there are any. */
  DenseStack embed(Preprocessor preprocessor, int rows) {
    if (!preprocessor.embeddings().isEmpty()) {
      embedding = Optional.of(new EmbeddingBlock(preprocessor, rows));
      block.add(embedding.get());
    }
    return this;
  }

  /** Appends dropout (Srivastava et al. 2014), which acts in training only. */
  DenseStack addDropout(double rate) {
    if (rate > 0) {
      block.add(Dropout.builder().optRate((float) rate).build());
    }
    return this;
  }

  SequentialBlock block() {
    return block;
  }

  /** The weights of all layers as they are now, copied. */
  List<Layer> layers() {
    return Stream.<Layer>concat(embedding.map(EmbeddingBlock::weights).stream(), dense().stream())
        .toList();
  }

  /** Those of the fully connected layers. */
  List<DenseLayer> dense() {
    List<DenseLayer> layers = new ArrayList<>();
    for (int i = 0; i < linears.size(); i++) {
      layers.add(
          new DenseLayer(
              parameter(i, Parameter.Type.WEIGHT).toFloatArray(),
              parameter(i, Parameter.Type.BIAS).toFloatArray(),
              activations.get(i)));
    }
    return layers;
  }

  /** A layer's weights while they are trained, {@code [out, in]}. */
  NDArray weights(int layer) {
    return parameter(layer, Parameter.Type.WEIGHT);
  }

  private NDArray parameter(int layer, Parameter.Type type) {
    return linears.get(layer).getParameters().values().stream()
        .filter(parameter -> parameter.getType() == type)
        .findFirst()
        .orElseThrow()
        .getArray();
  }
}
