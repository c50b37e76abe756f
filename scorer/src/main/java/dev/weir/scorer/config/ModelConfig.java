package dev.weir.scorer.config;

import dev.weir.model.config.Check;

/**
 * What scores.
 *
 * @param path the bundle's folder
 */
public record ModelConfig(String path) {

  public ModelConfig {
    Check.present("path", path, "the folder of a model bundle, as weir train wrote it");
  }
}
