package dev.weir.cli.compare;

import dev.weir.cli.evaluate.OfflineScores;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two models' scores of the rows that both can score: one may lack values where the other has some,
 * or need earlier rows for its window.
 *
 * @param before of the one
 * @param after of the other, as many, of the same rows
 */
record CommonRows(OfflineScores before, OfflineScores after) {

  /** Takes out what only one of them has; both are in the same order. */
  static CommonRows of(OfflineScores before, OfflineScores after) {
    return new CommonRows(only(before, after.rows()), only(after, before.rows()));
  }

  private static OfflineScores only(OfflineScores scored, long[] wanted) {
    Set<Long> numbers = Arrays.stream(wanted).boxed().collect(Collectors.toSet());
    return scored.pick(
        IntStream.range(0, scored.rows().length)
            .filter(i -> numbers.contains(scored.rows()[i]))
            .toArray());
  }
}
