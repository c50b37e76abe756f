package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import dev.weir.trainer.config.ActivationKind;

/** What a loss adds for the code of an autoencoder, each as one number to be weighted. */
final class CodePenalty {
  /** Keeps logarithms of a unit that is always or never active finite. */
  private static final float EDGE = 1e-6f;

  private CodePenalty() {}

  /**
   * The L1 norm of the code, as the mean over the rows.
   *
   * @param code {@code [n, k]}
   */
  static NDArray activity(NDArray code) {
    return code.abs().sum(new int[] {1}).mean();
  }

  /**
   * {@code Σ KL(ρ ‖ ρ̂)} over the units, {@code ρ̂} being a unit's mean activation over the rows
   * (Ng 2011).
   *
   * @param code {@code [n, k]}, between 0 and 1
   * @param target {@code ρ}
   */
  static NDArray divergence(NDArray code, double target) {
    NDArray mean = code.mean(new int[] {0}).clip(EDGE, 1 - EDGE);
    NDArray active = Scalars.times(mean.log(), -target);
    NDArray idle = Scalars.times(mean.neg().add(1).log(), target - 1);
    double entropy = target * Math.log(target) + (1 - target) * Math.log(1 - target);
    return active.add(idle).add(entropy).sum();
  }

  /** Whether {@link #jacobian} knows an activation's derivative. */
  static boolean hasClosedForm(ActivationKind activation) {
    return activation == ActivationKind.TANH
        || activation == ActivationKind.SIGMOID
        || activation == ActivationKind.LINEAR;
  }

  /**
   * The squared Frobenius norm of the Jacobian of one layer, {@code Σ_j a'_j² Σ_i W_ji²}, as the
   * mean over the rows (Rifai et al. 2011).
   *
   * @param code the layer's output, {@code [n, k]}
   * @param weights {@code [k, in]}
   */
  static NDArray jacobian(NDArray code, NDArray weights, ActivationKind activation) {
    NDArray derivative =
        switch (activation) {
          case TANH -> code.mul(code).neg().add(1);
          case SIGMOID -> code.sub(code.mul(code));
          case LINEAR -> code.onesLike();
          default -> throw new IllegalArgumentException("no closed form for " + activation);
        };
    NDArray squares = weights.mul(weights).sum(new int[] {1});
    return derivative.mul(derivative).mul(squares).sum(new int[] {1}).mean();
  }

  /**
   * An estimate of the same norm for any encoder, by a finite difference along random directions:
   * {@code ‖(f(x + εv) - f(x)) / ε‖²} is {@code ‖Jv‖²} but for terms in {@code ε}, and its mean
   * over {@code v ~ N(0, I)} is {@code ‖J‖²} (Hutchinson 1990).
   *
   * @param code {@code f(x)}, {@code [n, k]}
   * @param moved {@code f(x + εv)}, {@code [n, k]}
   */
  static NDArray hutchinson(NDArray code, NDArray moved, double epsilon) {
    NDArray slope = Scalars.over(moved.sub(code), epsilon);
    return slope.mul(slope).sum(new int[] {1}).mean();
  }
}
