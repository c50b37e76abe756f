package dev.weir.cli.demo.fleet;

import java.time.Duration;

/** An exponentially weighted moving average that starts at its first value. */
final class Smoothing {
  private final double keep;
  private double state = Double.NaN;

  /**
   * @param memory after which a value counts 1/e of what a new one does
   */
  Smoothing(Duration memory, Duration step) {
    this.keep = decay(step, memory);
  }

  double next(double value) {
    state = Double.isNaN(state) ? value : keep * state + (1 - keep) * value;
    return state;
  }

  /** What is left of a deviation after a step. */
  static double decay(Duration step, Duration memory) {
    return Math.exp(-(double) step.toMillis() / memory.toMillis());
  }
}
