package dev.weir.scorer;

import dev.weir.model.bundle.Manifest;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.inference.ModelHost;
import dev.weir.scorer.inference.ModelSource;
import dev.weir.scorer.inference.ModelWatcher;
import dev.weir.scorer.metrics.MeteredModelSource;
import dev.weir.scorer.metrics.MetricsRegistry;
import dev.weir.scorer.metrics.ModelMetrics;
import dev.weir.scorer.metrics.ModelRole;
import dev.weir.scorer.topology.BundleCheck;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline's model on trial. If it cannot be used it is waited for; nothing else is held up by
 * that.
 */
final class ShadowModel implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ShadowModel.class);

  private final ModelHost host;
  private final ModelSource source;
  private final ModelWatcher watcher;

  private ShadowModel(ModelHost host, ModelSource source, ModelWatcher watcher) {
    this.host = host;
    this.source = source;
    this.watcher = watcher;
  }

  /**
   * Loads the model, if it can be, and watches for others.
   *
   * @param fit looks whether the records have its fields
   * @param onTrial hears of each model that is on trial from now on
   */
  static ShadowModel open(
      PipelineConfig pipeline, RecordFit fit, MetricsRegistry metrics, Consumer<Manifest> onTrial) {
    ModelMetrics reloads = metrics.models(pipeline.name(), ModelRole.SHADOW);
    ModelHost host =
        ModelHost.empty(
            Path.of(pipeline.shadow().path()),
            pipeline.model().device(),
            new BundleCheck(pipeline).andThen(fit::check));
    try {
      onTrial.accept(host.replace());
    } catch (RuntimeException e) {
      log.warn(
          "the model on trial cannot be used, and is waited for; the live one scores alone: {}",
          e.getMessage());
      reloads.refused();
    }
    ModelWatcher watcher =
        ModelWatcher.start(
            host,
            pipeline.shadow().watchEvery(),
            new ModelWatcher.Listener() {
              @Override
              public void swapped(Manifest manifest) {
                onTrial.accept(manifest);
                reloads.swapped();
              }

              @Override
              public void refused(String reason) {
                reloads.refused();
              }
            });
    return new ShadowModel(
        host,
        new MeteredModelSource(host, metrics.inference(pipeline.name(), ModelRole.SHADOW)),
        watcher);
  }

  /** Where tasks find it. */
  ModelSource source() {
    return source;
  }

  /** What is known of it; empty while there is none. */
  Optional<Manifest> manifest() {
    return host.generation() == 0 ? Optional.empty() : Optional.of(host.manifest());
  }

  @Override
  public void close() {
    watcher.close();
    host.close();
  }
}
