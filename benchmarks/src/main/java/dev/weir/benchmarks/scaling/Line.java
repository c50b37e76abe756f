package dev.weir.benchmarks.scaling;

import dev.weir.model.config.Check;

/**
 * {@code y = fixed + each · x}, neither below 0, by least squares of the relative errors: points
 * from 1 to a million count alike.
 *
 * @param fixed what it costs at any size
 * @param each what one more costs
 */
record Line(double fixed, double each) {

  /**
   * Fits a line.
   *
   * @param x two different ones at least
   * @param y positive, as many
   */
  static Line fit(double[] x, double[] y) {
    Check.atLeast("points", x.length, 2);
    double w = 0;
    double wx = 0;
    double wy = 0;
    double wxx = 0;
    double wxy = 0;
    for (int i = 0; i < x.length; i++) {
      double weight = 1 / (y[i] * y[i]);
      w += weight;
      wx += weight * x[i];
      wy += weight * y[i];
      wxx += weight * x[i] * x[i];
      wxy += weight * x[i] * y[i];
    }
    double each = (w * wxy - wx * wy) / (w * wxx - wx * wx);
    double fixed = (wy - each * wx) / w;
    if (each < 0) {
      return new Line(wy / w, 0);
    }
    if (fixed < 0) {
      return new Line(0, wxy / wxx);
    }
    return new Line(fixed, each);
  }

  double at(double x) {
    return fixed + each * x;
  }
}
