package dev.weir.cli.demo;

import java.time.Duration;
import java.util.Map;

/**
 * What the user chose.
 *
 * @param kafka settings of the clients, {@code bootstrap.servers} at least
 * @param topic where the records go
 * @param partitions of the topic, if it is not there yet
 * @param part what to write
 * @param duration how long to stream
 * @param stepsPerSecond how many rows a second each server sends in the stream
 * @param faultEvery how often a fault begins in the stream
 */
public record SimulationOptions(
    Map<String, String> kafka,
    String topic,
    int partitions,
    Part part,
    Duration duration,
    int stepsPerSecond,
    Duration faultEvery) {

  /** A part of what the fleet sends. */
  public enum Part {
    /** A week without a fault, as fast as it can be written. */
    HISTORY,
    /** What comes after that week, at the pace that was asked for, with faults. */
    STREAM
  }
}
