package dev.weir.trainer.family;

import dev.weir.trainer.data.Samples;
import dev.weir.trainer.export.GraphFrame;
import dev.weir.trainer.export.GraphOutputs;
import dev.weir.trainer.export.OnnxModel;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.som.SomMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model after training, still inside the trainer.
 *
 * <p>It knows its scores in two ways that must agree: by the engine that trained it, and by the
 * graph that it exports. Holds no native memory.
 */
public interface FittedModel {

  /** The family's name as it stands in config and manifest. */
  String family();

  /** How many rows of a key a sample has, {@code w}. */
  int window();

  /** What is done to raw rows before the model sees them. */
  Preprocessor preprocessor();

  /**
   * The scores by the engine that trained the model, without ONNX.
   *
   * @param samples raw encoded rows, float32 {@code [n, w, d]}
   * @return float64 {@code [n]}; larger is more anomalous
   */
  double[] scores(Samples samples);

  /**
   * Where the model puts samples in its latent space, for a picture of it: an autoencoder's code,
   * principal components, the mean of a variational autoencoder's posterior.
   *
   * @param samples raw encoded rows, float32 {@code [n, w, d]}
   * @return float32 {@code [n, k]}, {@code k} being the length divided by {@code n}; empty for a
   *     family that has no such space
   */
  default Optional<float[]> codes(Samples samples) {
    return Optional.empty();
  }

  /** Appends the same computation to a graph that preprocesses as {@link #preprocessor()} does. */
  GraphOutputs append(GraphFrame frame);

  /** The whole as a graph, from raw rows to scores, contributions and expected values. */
  default OnnxModel export() {
    GraphFrame frame = new GraphFrame(family(), preprocessor(), window());
    return frame.end(append(frame));
  }

  /** Every setting as it was used. */
  Map<String, Object> hyperparameters();

  /** What each epoch brought, in order; empty for a family that has none. */
  List<EpochReport> epochs();

  /** What another training needs to go on with it; empty for a family that cannot. */
  default Optional<Pretrained> pretrained() {
    return Optional.empty();
  }

  /** The cells of a self-organising map, or of an ensemble's first; empty for any other family. */
  default Optional<SomMap> map() {
    return Optional.empty();
  }
}
