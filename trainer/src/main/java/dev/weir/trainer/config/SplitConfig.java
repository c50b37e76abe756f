package dev.weir.trainer.config;

import dev.weir.model.config.Check;

/**
 * How the history is cut, in the order of time: training first, then validation, then calibration.
 *
 * @param validation share that decides when to stop training
 * @param calibration share that the score distribution is fitted on
 */
public record SplitConfig(Double validation, Double calibration) {
  public static final SplitConfig DEFAULT = new SplitConfig(null, null);

  public SplitConfig {
    validation = Check.between("validation", Check.orElse(validation, 0.15), 0, 1);
    calibration = Check.between("calibration", Check.orElse(calibration, 0.15), 0, 1);
    if (validation + calibration > 0.8) {
      throw Check.refuse(
          "calibration",
          "and 'validation' together take "
              + (validation + calibration)
              + " of the history; leave at least 0.2 for training");
    }
  }
}
