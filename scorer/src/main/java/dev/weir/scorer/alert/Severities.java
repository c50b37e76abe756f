package dev.weir.scorer.alert;

import dev.weir.schemas.Severity;

/**
 * How urgent an alert is, by how much rarer the record is than what was asked for.
 *
 * <p>An alert at the asked false-alarm rate is LOW; each factor of ten below it is one step up.
 */
public final class Severities {
  private Severities() {}

  /** Of an anomalous record. */
  public static Severity of(Verdict verdict) {
    return of(verdict.probability(), verdict.model().threshold().falseAlarmRate());
  }

  static Severity of(double probability, double falseAlarmRate) {
    if (probability <= falseAlarmRate * 1e-3) {
      return Severity.CRITICAL;
    }
    if (probability <= falseAlarmRate * 1e-2) {
      return Severity.HIGH;
    }
    return probability <= falseAlarmRate * 1e-1 ? Severity.MEDIUM : Severity.LOW;
  }
}
