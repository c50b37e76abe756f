package dev.weir.scorer;

import dev.weir.model.bundle.Manifest;
import java.util.Optional;

/**
 * What a pipeline is doing.
 *
 * @param name of the pipeline
 * @param input what is read, in words
 * @param alertsTopic where alerts go
 * @param model that is live now
 * @param shadow the model that is on trial now, if there is one
 */
public record PipelineStatus(
    String name, String input, String alertsTopic, Manifest model, Optional<Manifest> shadow) {}
