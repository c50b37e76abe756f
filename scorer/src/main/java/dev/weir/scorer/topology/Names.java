package dev.weir.scorer.topology;

/**
 * The names of the topology's nodes and stores.
 *
 * <p>They are part of what is kept in Kafka: a node that is renamed loses its state at an upgrade.
 */
final class Names {
  static final String SOURCE = "records";
  static final String DECODE = "decode";
  static final String SCORE = "score";
  static final String ROUTE = "route";
  static final String ALERTS = "alerts";
  static final String SCORED = "scored";
  static final String DEAD_LETTER = "dead-letter";
  static final String COMMIT_BOUNDARY = "commit-boundary";

  private Names() {}
}
