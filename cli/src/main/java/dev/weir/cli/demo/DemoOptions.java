package dev.weir.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the user chose.
 *
 * @param duration how long to stream
 * @param data a file to replay instead of the simulated fleet
 * @param port of the scorer's HTTP; 0 for any free one
 */
public record DemoOptions(Duration duration, Optional<Path> data, int port) {}
