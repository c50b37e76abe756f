package dev.weir.benchmarks.quality;

import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.ModelConfig;
import java.util.List;
import java.util.function.Function;

/**
 * What a family's defaults might be instead.
 *
 * @param family the family's name
 * @param name what is otherwise than the defaults
 * @param settings {@code key=value}, within {@code model}, for what there is to learn from
 * @param scaling how rows are scaled and clipped
 * @param ofSeriesOnly whether it says nothing of rows without an order
 */
record Candidate(
    String family,
    String name,
    Function<Size, List<String>> settings,
    FeatureSelection scaling,
    boolean ofSeriesOnly) {
  /** What the defaults are called. */
  static final String DEFAULTS = "defaults";

  /**
   * What there is to learn from.
   *
   * @param columns of a single row
   * @param rows to train on
   */
  record Size(int columns, int rows) {}

  boolean isDefaults() {
    return name.equals(DEFAULTS);
  }

  /**
   * The config.
   *
   * @param window the protocol's; a candidate may have its own
   */
  ModelConfig config(Size size, long seed, int window) {
    return new Family(family, settings.apply(size)).config(seed, window);
  }
}
