package dev.weir.scorer.topology;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.drift.DriftCounter;
import dev.weir.scorer.inference.FeatureBatch;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes of a bundle, once and for nothing, what each task of a pipeline makes of it, so that one
 * that the tasks would fail at is refused while the model before it still scores. Thread-safe.
 *
 * <p>The batch is let go of at once. How many tasks there will be is not known here: memory for one
 * of them is all that is asked for.
 */
public final class BundleCheck implements Consumer<Bundle> {
  private final PipelineConfig config;

  /** Checks bundles for a pipeline. */
  public BundleCheck(PipelineConfig config) {
    this.config = config;
  }

  /**
   * Checks a bundle.
   *
   * @throws InvalidBundleException if no task could use it; the message says why
   */
  @Override
  public void accept(Bundle bundle) {
    Manifest manifest = bundle.manifest();
    try {
      new FeatureEncoder(manifest.features(), manifest.window(), Optional.empty());
      VerdictMaker verdicts = new VerdictMaker(manifest, config.alerts());
      if (config.drift() != null) {
        new DriftCounter(manifest, verdicts.model(), config.drift(), "");
      }
    } catch (RuntimeException e) {
      throw new InvalidBundleException(
          bundle.folder(), "no record could be scored with it: " + e.getMessage(), e);
    }
    int rows = config.batch().maxRows();
    try {
      new FeatureBatch(rows, manifest.window(), manifest.features().width());
    } catch (IllegalArgumentException | OutOfMemoryError e) {
      throw new InvalidBundleException(
          bundle.folder(),
          "there is no room for a batch of it: "
              + e.getMessage()
              + "; lower batch.maxRows ("
              + rows
              + "), have a shorter window or fewer features, or give the JVM more memory",
          e);
    }
  }
}
