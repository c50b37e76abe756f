package dev.weir.scorer.alert;

import java.util.Optional;

/** Which of two models, the live one and the one on trial, find a record anomalous. */
public enum Agreement {
  BOTH,
  LIVE,
  SHADOW,
  NEITHER,
  /** The one on trial had no verdict. */
  UNSCORED;

  /** Of a record's verdicts; empty while one of the two is still warming up with its key. */
  public static Optional<Agreement> of(Verdict live, Optional<Verdict> shadow) {
    if (shadow.isEmpty()) {
      return Optional.of(UNSCORED);
    }
    if (live.warmingUp() || shadow.get().warmingUp()) {
      return Optional.empty();
    }
    if (live.anomalous()) {
      return Optional.of(shadow.get().anomalous() ? BOTH : LIVE);
    }
    return Optional.of(shadow.get().anomalous() ? SHADOW : NEITHER);
  }
}
