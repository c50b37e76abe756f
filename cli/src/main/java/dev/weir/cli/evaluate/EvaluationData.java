package dev.weir.cli.evaluate;

import java.util.Optional;

/**
 * A file to evaluate a model on.
 *
 * @param file a CSV file, plain or gzipped
 * @param label the column that says which rows are anomalous, if there is one
 * @param key the column whose value is the row's key; all rows are of one key without it
 * @param time the column that says when a row happened, and orders the rows; numbers in it are
 *     milliseconds. Rows count as they stand without it
 */
public record EvaluationData(
    String file, Optional<String> label, Optional<String> key, Optional<String> time) {}
