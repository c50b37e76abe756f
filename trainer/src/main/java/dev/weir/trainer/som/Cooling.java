package dev.weir.trainer.som;

import dev.weir.trainer.config.SomConfig;

/**
 * How radius and learning rate fall: exponentially over the first three quarters of the epochs, in
 * which the map unfolds; then they stay, and the cells settle.
 */
final class Cooling {
  private static final double UNFOLDING = 0.75;

  private final SomConfig config;
  private final double startRadius;
  private final double startRate;
  private final int unfolding;

  Cooling(SomConfig config, double startRadius) {
    this(config, startRadius, config.learningRate());
  }

  Cooling(SomConfig config, double startRadius, double startRate) {
    this.startRate = startRate;
    this.config = config;
    this.startRadius = startRadius;
    unfolding = Math.max(1, (int) Math.round(UNFOLDING * config.epochs()));
  }

  double startRadius() {
    return startRadius;
  }

  /** How many epochs the map unfolds for. */
  int unfolding() {
    return unfolding;
  }

  /** The radius after so many epochs, of which the last may be a part. */
  double radius(double epochs) {
    return between(startRadius, config.finalRadius(), epochs);
  }

  /** The learning rate after so many epochs, of which the last may be a part. */
  double rate(double epochs) {
    return between(startRate, config.finalLearningRate(), epochs);
  }

  private double between(double start, double end, double epochs) {
    double done = unfolding == 1 ? 1 : Math.min(1, epochs / (unfolding - 1));
    return start * Math.pow(end / start, done);
  }
}
