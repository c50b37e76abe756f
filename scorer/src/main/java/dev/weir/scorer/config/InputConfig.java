package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import dev.weir.schemas.read.RecordFormat;

/**
 * What is scored.
 *
 * @param topic of records
 * @param format what they are written in; JSON if not given
 * @param startFrom where an application begins that has no committed offsets yet; after that it
 *     goes on where it stopped
 */
public record InputConfig(String topic, RecordFormat format, StartFrom startFrom) {

  public InputConfig {
    Check.present("topic", topic, "the topic to score");
    TopicName.check("topic", topic);
    format = Check.orElse(format, RecordFormat.JSON);
    startFrom = Check.orElse(startFrom, StartFrom.EARLIEST);
  }

  /** Where in a topic to begin. */
  public enum StartFrom {
    /** With the oldest record that the topic still holds: nothing is left out. */
    EARLIEST,
    /** With what comes from now on: no alerts about the past. */
    LATEST
  }
}
