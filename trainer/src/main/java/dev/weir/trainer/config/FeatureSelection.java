package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.List;

/**
 * Which columns or fields become features.
 *
 * @param include names, or globs such as {@code cpu_*}; a glob takes the numeric ones among its
 *     matches, a name must be numeric; everything numeric if not given
 * @param exclude names or globs to leave out again
 */
public record FeatureSelection(List<String> include, List<String> exclude) {
  public static final FeatureSelection ALL = new FeatureSelection(null, null);

  public FeatureSelection {
    include = List.copyOf(Check.orElse(include, List.of("*")));
    exclude = List.copyOf(Check.orElse(exclude, List.of()));
    Check.present(
        "include", include, "names or globs; leave the key out to take every numeric field");
  }
}
