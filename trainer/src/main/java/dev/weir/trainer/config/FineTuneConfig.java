package dev.weir.trainer.config;

import dev.weir.model.config.Check;

/**
 * A training that begins with the weights of another model.
 *
 * @param from the bundle of that model, whose features, preprocessing and architecture are taken
 *     over
 * @param freeze what of it stays as it is; nothing if not given
 * @param epochs passes over the training rows, at most; as in {@code model} if not given
 * @param learningRate at the start; a fifth of that in {@code model} if not given
 */
public record FineTuneConfig(String from, Freeze freeze, Integer epochs, Double learningRate) {

  public FineTuneConfig {
    Check.present("from", from, "the folder of the bundle to begin with");
    freeze = Check.orElse(freeze, Freeze.NONE);
    Check.atLeast("epochs", Check.orElse(epochs, 1), 1);
    Check.above("learningRate", Check.orElse(learningRate, 1.0), 0);
  }
}
