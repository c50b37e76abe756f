package dev.weir.cli.console;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {
  /** Beyond this no usual history can tell how rare something is. */
  private static final double RAREST = 1e-6;

  private Numbers() {}

  /** With separators: 12,345. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** To four significant digits, without an exponent where that can be read. */
  public static String value(double number) {
    double size = Math.abs(number);
    if (size != 0 && (size < 1e-4 || size >= 1e9)) {
      return String.format(Locale.ROOT, "%.2e", number);
    }
    int whole = size < 1 ? 0 : (int) Math.log10(size) + 1;
    String text = String.format(Locale.ROOT, "%." + Math.max(0, 4 - whole) + "f", number);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  /** A probability as odds: 1 in 20,000. */
  public static String odds(double probability) {
    if (probability < RAREST) {
      return "less than 1 in " + count(Math.round(1 / RAREST));
    }
    if (probability > 0.5) {
      return String.format(Locale.ROOT, "%.0f %%", probability * 100);
    }
    double odds = 1 / probability;
    double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(odds)) - 1));
    return "1 in " + count((long) (Math.round(odds / unit) * unit));
  }

  /**
   * Two values, with as many digits as it takes to tell them apart; to four significant digits if
   * these do.
   *
   * @return both texts, in order
   */
  public static List<String> apart(double a, double b) {
    if (a == b || !value(a).equals(value(b))) {
      return List.of(value(a), value(b));
    }
    return List.of(BigDecimal.valueOf(a).toPlainString(), BigDecimal.valueOf(b).toPlainString());
  }

  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  /** 850 ms, 12.3 s, 4 min 5 s. */
  public static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }
}
