package dev.weir.scorer.config;

import dev.weir.model.config.Check;

/**
 * What is scored.
 *
 * @param topic of JSON records
 */
public record InputConfig(String topic) {

  public InputConfig {
    Check.present("topic", topic, "the topic to score");
  }
}
