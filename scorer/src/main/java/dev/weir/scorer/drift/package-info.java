/**
 * Whether records are still like those that a model was trained on. Knows no Kafka: counting in a
 * task, and what is made of all tasks' counts.
 */
package dev.weir.scorer.drift;
