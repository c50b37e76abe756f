package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.ParameterTracker;
import java.util.HashMap;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015), whose moments can be kept and gone on from; DJL's own does not tell
 * them. Its numbers are the same as that one's: the arithmetic is the engine's one kernel for both.
 *
 * <p>In step {@code t}: {@code m = β₁ m + (1 - β₁) g}, {@code v = β₂ v + (1 - β₂) g²}, {@code w -=
 * η √(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε)}, where {@code g} is the gradient and, with weight decay
 * {@code λ}, {@code λ w} more.
 */
final class Adam extends Optimizer {
  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final NDManager manager;
  private final ParameterTracker learningRate;
  private final Map<String, Moments> moments = new HashMap<>();

  /**
   * An optimiser without moments.
   *
   * @param manager holds what it remembers
   * @param learningRate by the number of the step
   */
  Adam(NDManager manager, ParameterTracker learningRate, float weightDecay) {
    super(new Settings().optWeightDecays(weightDecay));
    this.manager = manager;
    this.learningRate = learningRate;
  }

  private static final class Settings extends OptimizerBuilder<Settings> {
    @Override
    protected Settings self() {
      return this;
    }
  }

  /** What is remembered of one parameter's gradients. */
  private static final class Moments {
    private final NDArray mean;
    private final NDArray variance;
    private int steps;

    Moments(NDArray mean, NDArray variance) {
      this.mean = mean;
      this.variance = variance;
    }
  }

  @Override
  public void update(String parameter, NDArray weight, NDArray gradient) {
    Moments own = moments.computeIfAbsent(parameter, unused -> zeros(weight));
    own.steps++;
    double first = 1 - Math.pow(BETA_1, own.steps);
    double second = 1 - Math.pow(BETA_2, own.steps);
    float base = learningRate.getNewValue(parameter, own.steps);
    weight
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(weight, gradient, own.mean, own.variance),
            new NDList(weight),
            base,
            (float) (base * Math.sqrt(second) / first),
            getWeightDecay(),
            rescaleGrad,
            clipGrad,
            BETA_1,
            BETA_2,
            EPSILON,
            true,
            false);
  }

  private Moments zeros(NDArray weight) {
    return new Moments(
        manager.zeros(weight.getShape(), weight.getDataType()),
        manager.zeros(weight.getShape(), weight.getDataType()));
  }

  /** How many steps a parameter has gone; 0 for one that is not trained. */
  int steps(String parameter) {
    return moments.containsKey(parameter) ? moments.get(parameter).steps : 0;
  }

  /** A copy of the mean of a parameter's gradient; zeros before its first step. */
  float[] mean(String parameter, int size) {
    Moments own = moments.get(parameter);
    return own == null ? new float[size] : own.mean.toFloatArray();
  }

  /** A copy of the uncentred variance of a parameter's gradient; zeros before its first step. */
  float[] variance(String parameter, int size) {
    Moments own = moments.get(parameter);
    return own == null ? new float[size] : own.variance.toFloatArray();
  }

  /** Goes on from moments that were kept. */
  void restore(String parameter, NDArray weight, float[] mean, float[] variance, int steps) {
    Moments own =
        new Moments(
            manager.create(mean, weight.getShape()), manager.create(variance, weight.getShape()));
    own.steps = steps;
    moments.put(parameter, own);
  }
}
