package dev.weir.benchmarks.data;

import java.nio.file.Path;

/**
 * A series in two files: unlabelled history to learn from, and what came after it, labelled.
 *
 * @param name the series' name, as in the files' names
 */
public record TrainTestPair(String name, Path train, Path test) {}
