package dev.weir.trainer.preprocessing;

import dev.weir.trainer.data.Samples;

/**
 * How far a reconstruction is from what it should give back: the squared difference of a feature's
 * columns, as the mean over the values that are present in a sample. What is missing makes a sample
 * neither more nor less normal; a sample without any value has no error.
 */
public final class ReconstructionError {
  private ReconstructionError() {}

  /**
   * The errors of some samples.
   *
   * @param wanted what a network saw, float32 {@code [end - first, w, e]}
   * @param given what it gave back, float32 {@code [end - first, w, e]}
   * @return float64 {@code [end - first]}
   */
  public static double[] of(
      Preprocessor preprocessor,
      Samples samples,
      int first,
      int end,
      float[] wanted,
      float[] given) {
    double[] squares = new double[wanted.length];
    for (int k = 0; k < squares.length; k++) {
      double error = (double) wanted[k] - given[k];
      squares[k] = error * error;
    }
    return mean(preprocessor, samples, first, end, squares);
  }

  /**
   * The same mean of whatever error each column has.
   *
   * @param errors float64 {@code [end - first, w, e]}; what is missing is left out
   * @return float64 {@code [end - first]}
   */
  public static double[] mean(
      Preprocessor preprocessor, Samples samples, int first, int end, double[] errors) {
    float[] mask = preprocessor.mask(samples, first, end);
    int size = samples.window() * preprocessor.columnCount();
    double[] means = new double[end - first];
    for (int i = 0; i < means.length; i++) {
      double sum = 0;
      for (int k = i * size; k < (i + 1) * size; k++) {
        sum += errors[k] * mask[k];
      }
      means[i] = sum / Math.max(1, preprocessor.present(samples, first + i, first + i + 1));
    }
    return means;
  }
}
