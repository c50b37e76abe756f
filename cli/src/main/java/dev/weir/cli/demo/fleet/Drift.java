package dev.weir.cli.demo.fleet;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A factor around 1 that wanders and comes back: the exponential of a first-order autoregressive
 * process. Its spread and its memory do not depend on the step.
 */
final class Drift {
  private final RandomGenerator random;
  private final double keep;
  private final double kick;
  private double state;

  /**
   * @param spread the standard deviation of the factor's logarithm
   * @param memory after which a deviation has decayed to 1/e
   */
  Drift(RandomGenerator random, double spread, Duration memory, Duration step) {
    this.random = random;
    this.keep = Smoothing.decay(step, memory);
    this.kick = spread * Math.sqrt(1 - keep * keep);
    this.state = spread * random.nextGaussian();
  }

  double next() {
    state = keep * state + kick * random.nextGaussian();
    return Math.exp(state);
  }
}
