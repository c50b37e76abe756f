package dev.weir.model.config;

import java.util.Collection;

/**
 * The checks of config records' compact constructors.
 *
 * <p>A key is named as it stands in its own record; {@link ConfigReader} puts the outer keys before
 * it.
 */
public final class Check {
  private Check() {}

  /** Refuses a key that was not given; {@code hint} says what it is for, or an example. */
  public static <T> T present(String key, T value, String hint) {
    if (value == null || (value instanceof String text && text.isBlank())) {
      throw new InvalidKeyException(key, "is missing: " + hint);
    }
    if (value instanceof Collection<?> collection && collection.isEmpty()) {
      throw new InvalidKeyException(key, "is empty: " + hint);
    }
    return value;
  }

  /** The value, or the default if the key was not given. */
  public static <T> T orElse(T value, T whenMissing) {
    return value == null ? whenMissing : value;
  }

  public static int atLeast(String key, int value, int smallest) {
    if (value < smallest) {
      throw new InvalidKeyException(key, "is " + value + ", but must be at least " + smallest);
    }
    return value;
  }

  public static int atMost(String key, int value, int largest) {
    if (value > largest) {
      throw new InvalidKeyException(key, "is " + value + ", but must be at most " + largest);
    }
    return value;
  }

  public static double above(String key, double value, double bound) {
    if (!(value > bound) || Double.isInfinite(value)) {
      throw new InvalidKeyException(key, "is " + value + ", but must be above " + bound);
    }
    return value;
  }

  /** Refuses what is not a number strictly between the two bounds. */
  public static double between(String key, double value, double low, double high) {
    if (!(value > low && value < high)) {
      throw new InvalidKeyException(
          key, "is " + value + ", but must be above " + low + " and below " + high);
    }
    return value;
  }

  /** A key whose value is refused. */
  static final class InvalidKeyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final String key;
    private final String problem;

    InvalidKeyException(String key, String problem) {
      super("'" + key + "' " + problem);
      this.key = key;
      this.problem = problem;
    }

    String key() {
      return key;
    }

    String problem() {
      return problem;
    }
  }

  /** Refuses a key for a reason of the caller's own. */
  public static IllegalArgumentException refuse(String key, String problem) {
    return new InvalidKeyException(key, problem);
  }
}
