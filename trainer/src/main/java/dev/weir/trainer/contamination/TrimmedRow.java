package dev.weir.trainer.contamination;

/**
 * A row of the history that was left out because it looks anomalous.
 *
 * @param row its place in the history, from 0, in the order of time; the newest row of its window
 * @param score by the model that found it
 */
public record TrimmedRow(int row, double score) {}
