package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the candidates of a search are compared by, on rows and on anomalies made of them. */
public enum SearchCriterion {
  /** How often a made-up anomaly scores above a row of the history (Mann-Whitney). */
  @JsonProperty("rocAuc")
  ROC_AUC("AUC-ROC"),

  /** The area under the precision-recall curve: what is at the very top counts most. */
  @JsonProperty("averagePrecision")
  AVERAGE_PRECISION("AUC-PR");

  private final String label;

  SearchCriterion(String label) {
    this.label = label;
  }

  /** What the figure is called. */
  public String label() {
    return label;
  }
}
