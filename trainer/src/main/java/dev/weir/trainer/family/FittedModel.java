package dev.weir.trainer.family;

import dev.weir.trainer.data.Rows;
import dev.weir.trainer.export.OnnxModel;
import dev.weir.trainer.network.EpochReport;
import java.util.List;
import java.util.Map;

/**
 * A model after training, still inside the trainer.
 *
 * <p>It knows its scores in two ways that must agree: by the engine that trained it, and by the
 * graph that it exports. Holds no native memory.
 */
public interface FittedModel {

  /** The family's name as it stands in config and manifest. */
  String family();

  /**
   * The scores by the engine that trained the model, without ONNX.
   *
   * @param rows raw encoded rows, float32 {@code [n, d]}
   * @return float64 {@code [n]}; larger is more anomalous
   */
  double[] scores(Rows rows);

  /**
   * The same computation as a graph, from raw rows to scores, contributions and expected values.
   */
  OnnxModel export();

  /** Every setting as it was used. */
  Map<String, Object> hyperparameters();

  /** What each epoch brought, in order. */
  List<EpochReport> epochs();
}
