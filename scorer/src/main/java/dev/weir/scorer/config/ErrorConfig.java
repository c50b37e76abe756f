package dev.weir.scorer.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.model.config.Check;

/**
 * What to do when something goes wrong with a record.
 *
 * @param deserialization if it cannot be read or encoded
 * @param processing if anything else goes wrong between reading and publishing it
 * @param production if Kafka does not take what is published of it
 */
public record ErrorConfig(
    Deserialization deserialization, Processing processing, Production production) {
  public static final ErrorConfig DEFAULT = new ErrorConfig(null, null, null);

  public ErrorConfig {
    deserialization = Check.orElse(deserialization, Deserialization.DEAD_LETTER);
    processing = Check.orElse(processing, Processing.RETRY);
    production = Check.orElse(production, Production.RETRY);
  }

  /** What to do with a record that cannot be read. */
  public enum Deserialization {
    /** It goes to the dead-letter topic. */
    @JsonProperty("dead-letter")
    DEAD_LETTER,
    /** The process ends. */
    @JsonProperty("fail")
    FAIL
  }

  /** What to do when a record cannot be scored, or its verdict not be made an alert. */
  public enum Processing {
    /** It is done again from the last commit on, some times, with pauses; then the process ends. */
    @JsonProperty("retry")
    RETRY,
    /** The record goes to the dead-letter topic. */
    @JsonProperty("dead-letter")
    DEAD_LETTER,
    /** The process ends. */
    @JsonProperty("fail")
    FAIL
  }

  /** What to do with what Kafka refuses; one that does not answer is waited for in any case. */
  public enum Production {
    /** It is done again from the last commit on, some times, with pauses; then the process ends. */
    @JsonProperty("retry")
    RETRY,
    /** The process ends. */
    @JsonProperty("fail")
    FAIL,
    /** It is left out and counted. Only without transactions, which cannot leave a part out. */
    @JsonProperty("skip")
    SKIP
  }
}
