package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import dev.weir.model.config.ConfigReader;
import java.util.List;
import java.util.stream.Stream;

/**
 * Several models that judge together, in one graph.
 *
 * @param family which kind of model; {@code ensemble}
 * @param window of the members that are not given; 1 if it is not given either
 * @param members the models, each with its own settings; an autoencoder, a self-organising map and
 *     principal components if not given
 * @param combine how their probabilities become one score
 * @param seed of the members that are not given
 */
public record EnsembleConfig(
    String family, Integer window, List<ModelConfig> members, Combination combine, Long seed)
    implements ModelConfig {
  /** The family's name. */
  public static final String ENSEMBLE = "ensemble";

  private static final int MOST_MEMBERS = 16;

  public EnsembleConfig {
    family = ModelConfig.requireFamily(family, ENSEMBLE);
    if (members != null && window != null) {
      throw Check.refuse("window", "is of the default members; give each of 'members' its own");
    }
    window = ModelConfig.window(window);
    seed = Check.orElse(seed, 1L);
    members = List.copyOf(Check.orElse(members, defaultMembers(window, seed)));
    if (members.size() < 2) {
      throw Check.refuse("members", "has " + members.size() + "; an ensemble needs two or more");
    }
    Check.atMost("members", members.size(), MOST_MEMBERS);
    if (members.stream().anyMatch(EnsembleConfig.class::isInstance)) {
      throw Check.refuse("members", "holds an ensemble; list its members instead");
    }
    window = members.stream().mapToInt(ModelConfig::window).max().orElseThrow();
    combine = Check.orElse(combine, Combination.FISHER);
  }

  private static List<ModelConfig> defaultMembers(int window, long seed) {
    return Stream.of(AutoencoderConfig.AUTOENCODER, SomConfig.SOM, PcaConfig.PCA)
        .map(member -> config(member, window, seed))
        .toList();
  }

  private static ModelConfig config(String family, int window, long seed) {
    List<String> settings =
        List.of("model.family=" + family, "model.window=" + window, "model.seed=" + seed);
    return ConfigReader.of(settings, Holder.class).model();
  }

  /** Where the config of a model is in that of a training. */
  private record Holder(ModelConfig model) {}
}
