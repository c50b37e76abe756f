package dev.weir.scorer.inference;

import java.util.OptionalInt;

/**
 * What a model says of a batch's rows.
 *
 * <p>Contributions and expected values are fetched only when asked for: most rows are normal, and
 * nobody looks at theirs. Closing it frees native memory.
 */
public interface ScoredBatch extends AutoCloseable {

  /** The row's anomaly score; larger is more anomalous. */
  float score(int row);

  /** Each feature's part of the row's score, float32 {@code [d]}, not negative, summing to it. */
  float[] contributions(int row);

  /** What the model expected of the row, float32 {@code [d]}, in the features' own units. */
  float[] expected(int row);

  /** The row's best matching unit on a self-organising map; empty for any other model. */
  default OptionalInt cell(int row) {
    return OptionalInt.empty();
  }

  @Override
  void close();
}
