package dev.weir.trainer.data;

/**
 * How one column varies before its values are cut to single precision.
 *
 * @param mean of the present values
 * @param deviation their standard deviation (of the population)
 */
public record Spread(double mean, double deviation) {
  /** Fewer steps of single precision than this in a deviation leave little of it. */
  private static final int FEWEST_STEPS = 4;

  /** Whether the values vary, but by less than single precision tells apart so far from zero. */
  public boolean isLostInSinglePrecision() {
    return deviation > 0 && deviation < FEWEST_STEPS * Math.ulp((float) mean);
  }
}
