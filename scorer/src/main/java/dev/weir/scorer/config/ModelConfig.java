package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import java.time.Duration;

/**
 * What scores.
 *
 * @param path the bundle's folder
 * @param watchEvery how often to look whether another bundle has taken its place
 */
public record ModelConfig(String path, Duration watchEvery) {

  public ModelConfig {
    Check.present("path", path, "the folder of a model bundle, as weir train wrote it");
    watchEvery = Check.orElse(watchEvery, Duration.ofSeconds(5));
    if (watchEvery.toMillis() < 1) {
      throw Check.refuse("watchEvery", "must be 1ms at least");
    }
  }
}
