package dev.weir.trainer.network;

import java.util.Optional;

/**
 * Some samples as a network sees them.
 *
 * @param rows how many samples, {@code n}
 * @param values float32 {@code [n, w, e]}, without a NaN
 * @param mask float32 {@code [n, w, e]}: 1 where a column is to be given back, 0 elsewhere
 * @param present how many values of the samples' features are present; at least 1
 * @param lesson what a teacher would give back of them; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never changed
public record Batch(int rows, float[] values, float[] mask, int present, Optional<Lesson> lesson) {

  /** Without a teacher. */
  public Batch(int rows, float[] values, float[] mask, int present) {
    this(rows, values, mask, present, Optional.empty());
  }
}
