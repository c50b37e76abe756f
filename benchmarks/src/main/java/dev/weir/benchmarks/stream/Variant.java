package dev.weir.benchmarks.stream;

/** One way of reading the topic. */
interface Variant {

  /** As the figures call it, in lower case. */
  String name();

  /** What it is, in a few words. */
  String description();

  /** So many of the topic's records it reads: slow ones not all of them. */
  long records();

  /**
   * Reads records from the topic's beginning.
   *
   * @return how fast they were read
   */
  Speed run(long records);
}
