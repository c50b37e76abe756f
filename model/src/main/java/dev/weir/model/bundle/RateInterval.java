package dev.weir.model.bundle;

/**
 * Between which shares of normal records a threshold flags, with a confidence of 95 %.
 *
 * @param low the lower bound, 0 or more
 * @param high the upper bound, 1 at most
 */
public record RateInterval(double low, double high) {

  public RateInterval {
    if (!(low >= 0 && low <= high && high <= 1)) {
      throw new IllegalArgumentException("no interval of shares: " + low + " to " + high);
    }
  }
}
