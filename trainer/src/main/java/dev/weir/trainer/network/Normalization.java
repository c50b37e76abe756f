package dev.weir.trainer.network;

/**
 * Layer normalisation after training (Ba et al. 2016): a row less its mean, divided by the square
 * root of its variance plus {@link #EPSILON}, times gains, plus shifts.
 *
 * @param gains float32 {@code [h]}
 * @param shifts float32 {@code [h]}
 */
@SuppressWarnings("ArrayRecordComponent") // shared within the trainer, never changed
public record Normalization(float[] gains, float[] shifts) {
  /** Keeps a constant row from being divided by zero. */
  public static final float EPSILON = 1e-5f;
}
