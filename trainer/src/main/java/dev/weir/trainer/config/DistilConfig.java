package dev.weir.trainer.config;

import dev.weir.model.config.Check;

/**
 * A training in which a model, the teacher, is distilled into another one (Hinton et al. 2015).
 *
 * @param teacher the bundle of that model, whose features are taken over
 * @param weight of the distance to the teacher in the loss, up to 1; the rest is for the data. 0.5
 *     if not given
 */
public record DistilConfig(String teacher, Double weight) {

  public DistilConfig {
    Check.present("teacher", teacher, "the folder of the bundle to learn from");
    weight = Check.above("weight", Check.orElse(weight, 0.5), 0);
    if (weight > 1) {
      throw Check.refuse("weight", "is " + weight + ", but must be at most 1: the teacher alone");
    }
  }
}
