package dev.weir.scorer.metrics;

import dev.weir.model.bundle.Manifest;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.inference.ModelSource;
import io.micrometer.core.instrument.Timer;

/**
 * Times the inference of another source's models.
 *
 * @param models the other source
 * @param inference records each run of the network
 */
public record MeteredModelSource(ModelSource models, Timer inference) implements ModelSource {

  @Override
  public long generation() {
    return models.generation();
  }

  @Override
  public Manifest manifest() {
    return models.manifest();
  }

  @Override
  public AnomalyModel newScorer() {
    return new MeteredAnomalyModel(models.newScorer(), inference);
  }
}
