package dev.weir.trainer.config;

import dev.weir.model.config.Check;

/**
 * How much of the history is anomalous itself: nothing, a share, or as much as stands out.
 *
 * @param text {@code none}, {@code auto}, or a share such as 0.02
 */
public record Contamination(String text) {
  private static final String AUTO = "auto";
  private static final double LARGEST = 0.3;

  public Contamination {
    if (!text.equals("none") && !text.equals(AUTO)) {
      double share;
      try {
        share = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        share = Double.NaN;
      }
      if (!(share > 0 && share <= LARGEST)) {
        throw Check.refuse(
            "contamination",
            "is '" + text + "', but must be none, auto, or a share above 0 and up to " + LARGEST);
      }
    }
  }

  public boolean isNone() {
    return text.equals("none");
  }

  /** Whether the rows that stand out are looked for, however many there are. */
  public boolean isAuto() {
    return text.equals(AUTO);
  }

  /** The share that was given; only if one was. */
  public double share() {
    return Double.parseDouble(text);
  }
}
