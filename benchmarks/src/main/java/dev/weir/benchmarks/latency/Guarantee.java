package dev.weir.benchmarks.latency;

/** How often a record's results count. */
enum Guarantee {
  /** Alerts are seen once their transaction is committed. */
  EXACTLY_ONCE("exactly_once_v2"),
  /** Alerts are seen when they are written. */
  AT_LEAST_ONCE("at_least_once");

  private final String setting;

  Guarantee(String setting) {
    this.setting = setting;
  }

  /** As {@code processing.guarantee} has it. */
  String setting() {
    return setting;
  }

  /** As the figures call it. */
  String key() {
    return this == EXACTLY_ONCE ? "exactly_once" : "at_least_once";
  }
}
