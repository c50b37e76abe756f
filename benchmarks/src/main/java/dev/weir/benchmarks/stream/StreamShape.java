package dev.weir.benchmarks.stream;

import dev.weir.model.config.Check;

/**
 * What is streamed: the same for all variants.
 *
 * @param records in the topic
 * @param features float fields of each
 * @param partitions of the topic
 * @param threads stream threads; consumers, where there are no streams
 * @param keys different ones
 */
public record StreamShape(int records, int features, int partitions, int threads, int keys) {

  public StreamShape {
    Check.atLeast("--records", records, 1000);
    Check.atLeast("--features", features, 1);
    Check.atLeast("--partitions", partitions, 1);
    Check.atLeast("--threads", threads, 1);
    Check.atLeast("--keys", keys, 1);
  }
}
