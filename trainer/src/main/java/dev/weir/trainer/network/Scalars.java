package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;

/**
 * Products with plain numbers, in whatever gradients are taken of.
 *
 * <p>{@link NDArray#mul(Number)} and {@link NDArray#div(Number)} free the number's memory before
 * they return, though PyTorch keeps the number for the gradient: if Java's garbage is collected
 * between a loss and its gradient, all gradients of that step are scaled by whatever is in that
 * memory by then. Here the number lives as long as the array's manager.
 */
final class Scalars {
  private Scalars() {}

  /** {@code array · factor}. */
  static NDArray times(NDArray array, double factor) {
    return array.mul(array.getManager().create((float) factor));
  }

  /** {@code array / divisor}. */
  static NDArray over(NDArray array, double divisor) {
    return array.div(array.getManager().create((float) divisor));
  }
}
