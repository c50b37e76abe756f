package dev.weir.trainer.report;

/**
 * Numbers as text for the page's script: two letters of base64 each, which of {@value #STEPS} equal
 * steps from the least to the largest value it is next to. More than a picture shows, and short.
 */
final class QuantisedValues {
  static final int STEPS = 4095;
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private QuantisedValues() {}

  /**
   * Writes numbers.
   *
   * @param least of them
   * @param most of them
   */
  static String text(double[] values, double least, double most) {
    StringBuilder text = new StringBuilder(2 * values.length);
    for (double value : values) {
      int step = least == most ? 0 : (int) Math.round(STEPS * ((value - least) / (most - least)));
      text.append(LETTERS.charAt(step >> 6)).append(LETTERS.charAt(step & 63));
    }
    return text.toString();
  }
}
