package dev.weir.benchmarks.scaling;

import dev.weir.model.config.Check;

/**
 * {@code y = scale · x^exponent}, by least squares of the logarithms.
 *
 * @param determination the share of the logarithms' variance that it explains, R²
 */
record PowerLaw(double scale, double exponent, double determination) {

  /**
   * Fits a law.
   *
   * @param x positive, two different ones at least
   * @param y positive, as many
   */
  static PowerLaw fit(double[] x, double[] y) {
    Check.atLeast("points", x.length, 2);
    double[] logX = log(x);
    double[] logY = log(y);
    double meanX = mean(logX);
    double meanY = mean(logY);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (logX[i] - meanX) * (logX[i] - meanX);
      xy += (logX[i] - meanX) * (logY[i] - meanY);
      yy += (logY[i] - meanY) * (logY[i] - meanY);
    }
    if (!(xx > 0)) {
      throw new IllegalArgumentException("all points are at the same place");
    }
    double exponent = xy / xx;
    double determination = yy > 0 ? xy * xy / (xx * yy) : 1;
    return new PowerLaw(Math.exp(meanY - exponent * meanX), exponent, determination);
  }

  double at(double x) {
    return scale * Math.pow(x, exponent);
  }

  private static double[] log(double[] values) {
    double[] logs = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] > 0)) {
        throw new IllegalArgumentException(values[i] + " has no logarithm");
      }
      logs[i] = Math.log(values[i]);
    }
    return logs;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
