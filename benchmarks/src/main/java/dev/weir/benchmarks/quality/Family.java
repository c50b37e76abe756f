package dev.weir.benchmarks.quality;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.weir.model.config.ConfigReader;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A family of models as it is measured: its defaults, the same for all sets, unless the command
 * line changes one.
 *
 * @param name as in a config's {@code model.family}
 * @param settings {@code key=value}, within {@code model}
 */
public record Family(String name, List<String> settings) {
  /** Where the config of a model is in that of a training. */
  private record Holder(ModelConfig model) {}

  /** Refuses settings that the family does not know. */
  public Family {
    settings = List.copyOf(settings);
    config(name, settings, 1, 1);
  }

  /** All families that the trainer has. */
  public static List<String> known() {
    return Stream.of(ModelConfig.class.getAnnotation(JsonSubTypes.class).value())
        .map(JsonSubTypes.Type::name)
        .toList();
  }

  /**
   * The families asked for.
   *
   * @param names all there are, if empty
   * @param settings {@code family.key=value}
   * @throws InvalidInputException if a name is not known, or a setting does not fit
   */
  public static List<Family> of(List<String> names, List<String> settings) {
    List<String> wanted = names.isEmpty() ? known() : names;
    for (String setting : settings) {
      if (wanted.stream().noneMatch(name -> setting.startsWith(name + "."))) {
        throw new InvalidInputException(
            "--set "
                + setting
                + ": write it as family.key=value, the family being one of "
                + String.join(", ", wanted));
      }
    }
    return wanted.stream().map(name -> of(name, settings)).toList();
  }

  private static Family of(String name, List<String> settings) {
    String prefix = name + ".";
    return new Family(
        name,
        settings.stream()
            .filter(setting -> setting.startsWith(prefix))
            .map(setting -> setting.substring(prefix.length()))
            .toList());
  }

  /**
   * The model's config with one seed.
   *
   * @param window how many rows the protocol lets a model see together, for a family that has no
   *     window of its own
   */
  ModelConfig config(long seed, int window) {
    return config(name, settings, seed, window);
  }

  private static ModelConfig config(String name, List<String> settings, long seed, int window) {
    List<String> all = new ArrayList<>();
    if (window > 1 && !name.endsWith("-autoencoder")) {
      all.add("model.window=" + window);
    }
    all.add("model.family=" + name);
    all.add("model.seed=" + seed);
    settings.forEach(setting -> all.add("model." + setting));
    return ConfigReader.of(all, Holder.class).model();
  }
}
