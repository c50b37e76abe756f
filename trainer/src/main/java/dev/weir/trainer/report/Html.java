package dev.weir.trainer.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Text and numbers as they stand in the page. */
final class Html {
  /** What stands for a figure that does not exist. */
  static final String NONE = "–";

  private static final double RAREST = 1e-6;

  private Html() {}

  /** Safe between tags and within quoted attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  static String paragraph(String text) {
    return "<p>" + escape(text) + "</p>\n";
  }

  /** With separators: 12,345. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** To four significant digits, without an exponent where that can be read. */
  static String number(Double value) {
    if (value == null || !Double.isFinite(value)) {
      return NONE;
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-4 || size >= 1e9)) {
      return String.format(Locale.ROOT, "%.2e", value).replaceAll("e([+-])0?", "e$1");
    }
    BigDecimal rounded =
        size >= 1000
            ? BigDecimal.valueOf(value).setScale(0, RoundingMode.HALF_UP)
            : BigDecimal.valueOf(value).round(new MathContext(4));
    int places = Math.max(0, rounded.stripTrailingZeros().scale());
    String brief = String.format(Locale.ROOT, "%,." + places + "f", rounded);
    return brief;
  }

  /** A probability as odds: 1 in 20,000. */
  static String odds(double probability) {
    if (probability < RAREST) {
      return "less than 1 in " + count(Math.round(1 / RAREST));
    }
    if (probability > 0.5) {
      return percent(probability);
    }
    double odds = 1 / probability;
    double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(odds)) - 1));
    return "1 in " + count((long) (Math.round(odds / unit) * unit));
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  /** A share from 0 to 1 as a bar; what is below 0 has none. */
  static String bar(double share) {
    return String.format(
        Locale.ROOT,
        "<span class='bar'><span style='width:%.0f%%'></span></span>",
        100 * Math.max(0, Math.min(1, share)));
  }
}
