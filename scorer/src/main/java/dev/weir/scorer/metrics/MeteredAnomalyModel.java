package dev.weir.scorer.metrics;

import dev.weir.model.bundle.Manifest;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.inference.ScoredBatch;
import io.micrometer.core.instrument.Timer;

/** Times another model's inference. */
public final class MeteredAnomalyModel implements AnomalyModel {
  private final AnomalyModel model;
  private final Timer inference;

  /**
   * Wraps a model.
   *
   * @param inference records each run of the network
   */
  public MeteredAnomalyModel(AnomalyModel model, Timer inference) {
    this.model = model;
    this.inference = inference;
  }

  @Override
  public Manifest manifest() {
    return model.manifest();
  }

  @Override
  public ScoredBatch score(FeatureBatch batch) {
    return inference.record(() -> model.score(batch));
  }

  @Override
  public void close() {
    model.close();
  }
}
