package dev.weir.scorer.topology;

import org.apache.kafka.streams.processor.api.ProcessorContext;

/** What time it is for a task, milliseconds since 1970. Thread-safe. */
@FunctionalInterface
interface WallClock {
  /**
   * The machine's. Kafka Streams reads it once before it processes many records, so that what they
   * took would be missing from every delay.
   */
  WallClock SYSTEM = task -> System.currentTimeMillis();

  /** As Kafka Streams says; in its test driver a test's. */
  WallClock OF_TASK = ProcessorContext::currentSystemTimeMs;

  long millis(ProcessorContext<?, ?> task);
}
