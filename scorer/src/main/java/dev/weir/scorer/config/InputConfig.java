package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import dev.weir.schemas.read.RecordFormat;

/**
 * What is scored.
 *
 * @param topic of records
 * @param format what they are written in; JSON if not given
 */
public record InputConfig(String topic, RecordFormat format) {

  public InputConfig {
    Check.present("topic", topic, "the topic to score");
    format = Check.orElse(format, RecordFormat.JSON);
  }
}
