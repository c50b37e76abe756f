package dev.weir.scorer;

import dev.weir.model.bundle.Manifest;

/**
 * What a pipeline is doing.
 *
 * @param name of the pipeline
 * @param input what is read, in words
 * @param alertsTopic where alerts go
 * @param model that is live now
 */
public record PipelineStatus(String name, String input, String alertsTopic, Manifest model) {}
