package dev.weir.cli.demo.fleet;

/** Writes numbers the way an agent on a server would: plain notation, at most four decimals. */
final class FourDecimals {
  private static final long SCALE = 10_000;
  private static final int DIGITS = 4;

  private FourDecimals() {}

  /** Appends a finite value below 2^49, without trailing zeros. */
  static void append(StringBuilder out, double value) {
    long scaled = Math.round(value * SCALE);
    if (scaled < 0) {
      out.append('-');
      scaled = -scaled;
    }
    out.append(scaled / SCALE);
    long fraction = scaled % SCALE;
    if (fraction == 0) {
      return;
    }
    int digits = DIGITS;
    while (fraction % 10 == 0) {
      fraction /= 10;
      digits--;
    }
    String text = Long.toString(fraction);
    out.append('.').append("0".repeat(digits - text.length())).append(text);
  }
}
