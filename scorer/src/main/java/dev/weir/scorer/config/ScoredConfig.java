package dev.weir.scorer.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.weir.model.config.Check;

/**
 * Where scores of all records go, or of some. In a file the topic's name alone will do.
 *
 * @param topic of the scores
 * @param sample which share of the records is written; anomalous ones always are
 */
public record ScoredConfig(String topic, Double sample) {

  @JsonCreator
  public ScoredConfig {
    Check.present("topic", topic, "the topic of the scores");
    TopicName.check("topic", topic);
    sample = Check.orElse(sample, 1.0);
    if (!(sample >= 0 && sample <= 1)) {
      throw Check.refuse("sample", "is " + sample + ", but must be 0 to 1");
    }
  }

  /** All records. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ScoredConfig of(String topic) {
    return new ScoredConfig(topic, null);
  }
}
