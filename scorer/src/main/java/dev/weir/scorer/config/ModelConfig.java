package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import java.time.Duration;

/**
 * What scores.
 *
 * @param path the bundle's folder
 * @param watchEvery how often to look whether another bundle has taken its place
 * @param missingFields what to do if the newest records lack a field that the model looks at
 * @param device what it runs on
 */
public record ModelConfig(
    String path, Duration watchEvery, MissingFields missingFields, ComputeDevice device) {

  public ModelConfig {
    Check.present("path", path, "the folder of a model bundle, as weir train wrote it");
    watchEvery = Check.orElse(watchEvery, Duration.ofSeconds(5));
    if (watchEvery.toMillis() < 1) {
      throw Check.refuse("watchEvery", "must be 1ms at least");
    }
    missingFields = Check.orElse(missingFields, MissingFields.REFUSE);
    device = Check.orElse(device, ComputeDevice.CPU);
  }

  /** Whether a model whose fields the records lack is used. */
  public enum MissingFields {
    /** It is not; the scorer does not start, or goes on with the model that it has. */
    REFUSE,
    /** It is, after a line in the log. */
    WARN
  }
}
