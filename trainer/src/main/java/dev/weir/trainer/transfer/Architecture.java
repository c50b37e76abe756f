package dev.weir.trainer.transfer;

import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.ModelConfig;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Tells those of a model's settings that its weights depend on from those of its training. */
final class Architecture {
  private static final Set<String> OF_TRAINING =
      Set.of(
          "seed",
          "epochs",
          "batchSize",
          "learningRate",
          "finalLearningRate",
          "weightDecay",
          "patience",
          "dropout",
          "noise",
          "masking",
          "sparsity",
          "contraction",
          "residuals",
          "beta",
          "warmUp",
          "samples",
          "training",
          "neighbourhood",
          "radius",
          "finalRadius",
          "initialisation",
          "normalize");

  private Architecture() {}

  /**
   * Refuses a config whose network is another than a bundle's.
   *
   * @param parent the config that the bundle was trained with
   */
  static void refuseOther(ModelConfig given, ModelConfig parent, String bundle) {
    if (!given.family().equals(parent.family())) {
      throw new InvalidInputException(
          "model.family is "
              + given.family()
              + ", but the bundle "
              + bundle
              + " is of family "
              + parent.family()
              + ", and fine-tuning goes on with its network; leave 'model' out");
    }
    List<String> others = new ArrayList<>();
    for (RecordComponent setting : given.getClass().getRecordComponents()) {
      if (!OF_TRAINING.contains(setting.getName())) {
        Object wanted = value(setting, given);
        Object there = value(setting, parent);
        if (!Objects.equals(wanted, there)) {
          others.add("model." + setting.getName() + " (" + wanted + ", there " + there + ")");
        }
      }
    }
    if (!others.isEmpty()) {
      throw new InvalidInputException(
          "the bundle "
              + bundle
              + " was trained with another architecture, which fine-tuning cannot change: "
              + String.join(", ", others)
              + "; leave 'model' out, or write it as it was there");
    }
  }

  private static Object value(RecordComponent setting, Object config) {
    try {
      return setting.getAccessor().invoke(config);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's accessor can be called", e);
    }
  }
}
