package dev.weir.benchmarks.quality;

/** What is measured. */
enum Metric {
  /** Average precision. */
  AUC_PR("auc_pr", "AUC-PR"),
  AUC_ROC("auc_roc", "AUC-ROC"),
  /** Volume under the surface of precision and recall, point by point and never point-adjusted. */
  VUS_PR("vus_pr", "VUS-PR"),
  NAB_STANDARD("score_standard", "NAB score, standard profile"),
  NAB_LOW_FALSE_POSITIVES("score_reward_low_fp", "NAB score, reward low false positives"),
  NAB_LOW_FALSE_NEGATIVES("score_reward_low_fn", "NAB score, reward low false negatives"),
  NAB_WINDOWS_FOUND("windows_found", "windows found under the standard profile"),
  NAB_FALSE_ALARMS("false_alarms", "rows of false alarm under the standard profile");

  private final String key;
  private final String title;

  Metric(String key, String title) {
    this.key = key;
    this.title = title;
  }

  /** As it stands in JSON, and in the reference. */
  String key() {
    return key;
  }

  String title() {
    return title;
  }
}
