package dev.weir.scorer.metrics;

import java.util.Locale;

/** What a pipeline has a model for. */
public enum ModelRole {
  /** It alerts. */
  LIVE,
  /** It is on trial beside the live one. */
  SHADOW;

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
