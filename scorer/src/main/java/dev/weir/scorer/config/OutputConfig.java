package dev.weir.scorer.config;

import dev.weir.model.config.Check;

/**
 * Where results go.
 *
 * @param alerts topic of alerts; the input's name, or the pipeline's where there are several
 *     inputs, with {@code -alerts} if not given
 * @param deadLetter topic of records that could not be scored; the input's name with {@code
 *     -dead-letter} if not given
 * @param scored where the scores of all records go, or of some; none is written if not given
 * @param createTopics whether to create those that are missing, as many partitions as the input
 */
public record OutputConfig(
    String alerts, String deadLetter, ScoredConfig scored, Boolean createTopics) {
  public static final OutputConfig DEFAULT = new OutputConfig(null, null, null, null);

  public OutputConfig {
    TopicName.check("alerts", alerts);
    TopicName.check("deadLetter", deadLetter);
    createTopics = Check.orElse(createTopics, false);
  }
}
