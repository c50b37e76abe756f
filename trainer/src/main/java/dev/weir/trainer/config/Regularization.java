package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** How an autoencoder is kept from learning to copy. */
public sealed interface Regularization {

  /** Not at all, but for a narrow code. */
  record None() implements Regularization {}

  /**
   * Few units of the code are active at a time: by the L1 norm of the code ({@code weight · Σ|h|}),
   * or, with a target, by the Kullback-Leibler divergence of each unit's mean activation from it
   * ({@code weight · Σ KL(ρ ‖ ρ̂)}; Ng 2011), for which the code is a sigmoid.
   *
   * @param weight of the penalty
   * @param target the mean activation {@code ρ}, between 0 and 1
   */
  record Sparse(double weight, OptionalDouble target) implements Regularization {}

  /**
   * The loss is against the clean input (Vincent et al. 2008).
   *
   * @param noise the standard deviation of the Gaussian noise that is added, in those of the
   *     columns
   * @param masking the probability with which a column is set to its mean
   */
  record Denoising(double noise, double masking) implements Regularization {}

  /**
   * The code changes little when the input does: {@code weight · ‖J‖²}, the squared Frobenius norm
   * of the encoder's Jacobian (Rifai et al. 2011). The code has the network's activation.
   *
   * @param weight of the penalty
   */
  record Contractive(double weight) implements Regularization {}

  /** What the keys say; refuses one that belongs to another kind. */
  static Regularization of(
      RegularizationKind kind,
      Double sparsity,
      Double sparsityTarget,
      Double noise,
      Double masking,
      Double contraction) {
    belongs("sparsity", sparsity, RegularizationKind.SPARSE, kind);
    belongs("sparsityTarget", sparsityTarget, RegularizationKind.SPARSE, kind);
    belongs("noise", noise, RegularizationKind.DENOISING, kind);
    belongs("masking", masking, RegularizationKind.DENOISING, kind);
    belongs("contraction", contraction, RegularizationKind.CONTRACTIVE, kind);
    return switch (kind) {
      case NONE -> new None();
      case SPARSE ->
          new Sparse(
              Check.above("sparsity", Check.orElse(sparsity, 1e-3), 0),
              sparsityTarget == null
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(Check.between("sparsityTarget", sparsityTarget, 0, 1)));
      case DENOISING -> denoising(noise, masking);
      case CONTRACTIVE ->
          new Contractive(Check.above("contraction", Check.orElse(contraction, 1e-3), 0));
    };
  }

  private static Denoising denoising(Double noise, Double masking) {
    if (noise != null && masking != null) {
      throw Check.refuse("noise", "and 'masking' are two ways to corrupt the input; give one");
    }
    if (masking != null) {
      return new Denoising(0, Check.between("masking", masking, 0, 1));
    }
    return new Denoising(Check.above("noise", Check.orElse(noise, 0.1), 0), 0);
  }

  private static void belongs(
      String key, Double value, RegularizationKind owner, RegularizationKind kind) {
    if (value != null && owner != kind) {
      throw Check.refuse(
          key,
          "belongs to regularization: "
              + owner.key()
              + ", but regularization is "
              + kind.key()
              + "; change that, or leave this key out");
    }
  }

  /** Every setting as it was used. */
  default Map<String, Object> describe() {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (this instanceof Sparse sparse) {
      settings.put("regularization", RegularizationKind.SPARSE.key());
      settings.put("sparsity", sparse.weight());
      sparse.target().ifPresent(target -> settings.put("sparsityTarget", target));
    } else if (this instanceof Denoising denoising) {
      settings.put("regularization", RegularizationKind.DENOISING.key());
      boolean masks = denoising.masking() > 0;
      settings.put(masks ? "masking" : "noise", masks ? denoising.masking() : denoising.noise());
    } else if (this instanceof Contractive contractive) {
      settings.put("regularization", RegularizationKind.CONTRACTIVE.key());
      settings.put("contraction", contractive.weight());
    } else {
      settings.put("regularization", RegularizationKind.NONE.key());
    }
    return settings;
  }
}
