package dev.weir.scorer.alert;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.model.bundle.Manifest;
import dev.weir.schemas.FeatureContribution;
import dev.weir.scorer.config.AlertConfig;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.inference.ScoredBatch;
import java.util.List;

/** Judges scores by a model's calibration and a false-alarm rate. Thread-safe. */
public final class VerdictMaker {
  private final Manifest manifest;
  private final ModelIdentity model;
  private final AlertThreshold threshold;
  private final Explainer explainer;

  public VerdictMaker(Manifest manifest, AlertConfig config) {
    this.manifest = manifest;
    model = model(manifest, config);
    threshold = model.threshold();
    explainer = new Explainer(manifest.features(), config.topFeatures());
  }

  /** Who judges, and from where on, if it is a model of this manifest. */
  public static ModelIdentity model(Manifest manifest, AlertConfig config) {
    return new ModelIdentity(
        manifest.name(), manifest.version(), manifest.family(), threshold(manifest, config));
  }

  /** The bundle's threshold, or the one that the scorer's own false-alarm rate asks for. */
  private static AlertThreshold threshold(Manifest manifest, AlertConfig config) {
    Double rate = config.falseAlarmRate();
    return rate == null
        ? manifest.threshold()
        : new AlertThreshold(rate, manifest.calibration().scoreAt(rate));
  }

  public ModelIdentity model() {
    return model;
  }

  /**
   * The verdict on one row of a batch.
   *
   * @param warmingUp whether rows of its window are still to come
   */
  public Verdict of(ScoredBatch scored, FeatureBatch rows, int row, boolean warmingUp) {
    double score = scored.score(row);
    // A score that is not a number must not pass as normal.
    boolean anomalous = !warmingUp && !(score < threshold.score());
    List<FeatureContribution> contributions =
        anomalous ? explainer.explain(scored, rows, row) : List.of();
    return new Verdict(
        model,
        score,
        manifest.calibration().exceedance(score),
        anomalous,
        warmingUp,
        contributions,
        scored.cell(row));
  }
}
