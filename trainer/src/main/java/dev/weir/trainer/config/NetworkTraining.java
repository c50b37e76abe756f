package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a network is trained, whatever its family.
 *
 * @param epochs passes over the training rows, at most
 * @param batchSize rows a gradient step
 * @param learningRate of Adam, at the start; it falls along a cosine to a hundredth
 * @param weightDecay what is added to a weight's gradient, for each unit of the weight
 * @param patience epochs without a better validation loss after which training stops
 * @param seed of initialisation, shuffling and all that is random in a family's loss
 */
public record NetworkTraining(
    int epochs, int batchSize, double learningRate, double weightDecay, int patience, long seed) {
  private static final int LARGEST_BATCH = 1_000_000;

  /** Fewer steps of gradient descent than this leave a network half trained. */
  private static final int ENOUGH_STEPS = 2500;

  /** Refuses what cannot be; null is for what is derived. */
  static void check(
      Integer epochs,
      Integer batchSize,
      double learningRate,
      double weightDecay,
      Integer patience) {
    Check.atLeast("epochs", Check.orElse(epochs, 1), 1);
    Check.atLeast("batchSize", Check.orElse(batchSize, 1), 1);
    Check.atMost("batchSize", Check.orElse(batchSize, 1), LARGEST_BATCH);
    Check.above("learningRate", learningRate, 0);
    Check.atLeast("patience", Check.orElse(patience, 1), 1);
    if (!(weightDecay >= 0 && weightDecay < 1)) {
      throw Check.refuse(
          "weightDecay", "is " + weightDecay + ", but must be at least 0 and below 1");
    }
  }

  /**
   * A training on so many rows. Where a number is null, it is derived: few rows are dealt out in
   * small batches and looked at often, so that there are steps enough to learn in.
   */
  static NetworkTraining of(
      Integer epochs,
      Integer batchSize,
      double learningRate,
      double weightDecay,
      Integer patience,
      long seed,
      int rows) {
    int thirtySecond = Math.max(1, Integer.highestOneBit(rows / 32));
    int batch = Check.orElse(batchSize, Math.max(32, Math.min(256, thirtySecond)));
    int stepsAnEpoch = (rows - 1) / batch + 1;
    int passes =
        Check.orElse(epochs, Math.max(40, Math.min(200, (ENOUGH_STEPS - 1) / stepsAnEpoch + 1)));
    return new NetworkTraining(
        passes,
        batch,
        learningRate,
        weightDecay,
        Check.orElse(patience, Math.max(10, passes / 6)),
        seed);
  }

  /** The same training with so many times the epochs, and the patience that goes with them. */
  NetworkTraining longer(int times, boolean morePatient) {
    return new NetworkTraining(
        times * epochs,
        batchSize,
        learningRate,
        weightDecay,
        morePatient ? times * patience : patience,
        seed);
  }

  /** Every setting as it was used, but for the seed, which a bundle names elsewhere. */
  public Map<String, Object> describe() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("epochs", epochs);
    settings.put("batchSize", batchSize);
    settings.put("learningRate", learningRate);
    settings.put("weightDecay", weightDecay);
    settings.put("patience", patience);
    return settings;
  }
}
