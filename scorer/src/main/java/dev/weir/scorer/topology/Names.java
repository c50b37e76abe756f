package dev.weir.scorer.topology;

import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.config.ScorerConfig;

/**
 * The names of a pipeline's nodes, stores and topics of its own.
 *
 * <p>They are part of what is kept in Kafka: a node that is renamed loses its state at an upgrade.
 * Where pipelines stand in a list, all of a pipeline's names end in its own.
 *
 * @param suffix what they end in
 */
record Names(String suffix) {
  static Names of(ScorerConfig config, PipelineConfig pipeline) {
    return new Names(config.isList() ? "-" + pipeline.name() : "");
  }

  String source() {
    return "records" + suffix;
  }

  /** The node that gives records the key of a field. */
  String key() {
    return "key" + suffix;
  }

  /** The topic, without application and ending, through which records of a key meet. */
  String keyed() {
    return "keyed" + suffix;
  }

  /** The node of Kafka Streams' own that sends them there. */
  String keyedFilter() {
    return keyed() + "-repartition-filter";
  }

  /** Where records go that are too large to be sent there. */
  String keyDeadLetter() {
    return "key-dead-letter" + suffix;
  }

  String score() {
    return "score" + suffix;
  }

  String route() {
    return "route" + suffix;
  }

  String alerts() {
    return "alerts" + suffix;
  }

  String scored() {
    return "scored" + suffix;
  }

  /** The topic of both models' verdicts. */
  String compared() {
    return "compared" + suffix;
  }

  String deadLetter() {
    return "dead-letter" + suffix;
  }

  String commitBoundary() {
    return "commit-boundary" + suffix;
  }

  /** The store of what the encoder remembers of keys. */
  String encoderStates() {
    return "encoder-states" + suffix;
  }

  /** The node that hands on what a task has counted. */
  String driftCounts() {
    return "drift-counts" + suffix;
  }

  /** The topic, without application and ending, through which the counts of all tasks meet. */
  String drift() {
    return "drift" + suffix;
  }

  /** The node that adds the counts up. */
  String driftMonitor() {
    return "drift-monitor" + suffix;
  }

  String driftAlerts() {
    return "drift-alerts" + suffix;
  }

  String driftCommitBoundary() {
    return "drift-commit-boundary" + suffix;
  }

  /** The store of what the counts add up to. */
  String driftWindows() {
    return "drift-windows" + suffix;
  }

  /** The store of what the alert policy remembers of keys. */
  String keyWatches() {
    return "key-watches" + suffix;
  }
}
