package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import dev.weir.scorer.config.ModelConfig.MissingFields;
import java.time.Duration;

/**
 * A model on trial beside the live one: it scores the same records, and raises no alerts.
 *
 * @param path the bundle's folder; it need not be there yet
 * @param topic of both models' verdicts on each record; none is written if not given
 * @param watchEvery how often to look whether another bundle has taken its place
 * @param missingFields what to do if the newest records lack a field that the model looks at
 */
public record ShadowConfig(
    String path, String topic, Duration watchEvery, MissingFields missingFields) {

  public ShadowConfig {
    Check.present("path", path, "the folder of the bundle that is on trial");
    TopicName.check("topic", topic);
    watchEvery = Check.orElse(watchEvery, Duration.ofSeconds(5));
    if (watchEvery.toMillis() < 1) {
      throw Check.refuse("watchEvery", "must be 1ms at least");
    }
    missingFields = Check.orElse(missingFields, MissingFields.REFUSE);
  }
}
