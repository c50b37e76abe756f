package dev.weir.trainer.config;

import dev.weir.model.config.Check;

/**
 * Principal component analysis.
 *
 * @param family which kind of model; {@code pca}
 * @param window how many rows of a key are looked at together, flattened; 1 for each row alone
 * @param variance the share of the training rows' variance that the components explain together;
 *     0.9 if neither this nor {@code components} is given
 * @param components how many there are
 * @param seed not used, since nothing is random; taken so that a config may name another family and
 *     stay as it is
 */
public record PcaConfig(
    String family, Integer window, Double variance, Integer components, Long seed)
    implements ModelConfig {
  /** The family's name. */
  public static final String PCA = "pca";

  public PcaConfig {
    family = ModelConfig.requireFamily(family, PCA);
    window = ModelConfig.window(window);
    seed = Check.orElse(seed, 1L);
    if (components != null) {
      Check.atLeast("components", components, 1);
      if (variance != null) {
        throw Check.refuse(
            "components", "and 'variance' both say how many components there are; give one");
      }
    } else {
      variance = Check.between("variance", Check.orElse(variance, 0.9), 0, 1);
    }
  }
}
