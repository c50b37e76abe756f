package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * How a model was chosen among several. How long that took is not said: the same search gives the
 * same manifest.
 *
 * @param criterion what the candidates were compared by
 * @param normalRows rows of the validation part that all candidates were judged on
 * @param madeUpRows anomalies made of these
 * @param candidates in the order in which they were tried
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SearchSummary(
    SearchCriterion criterion, int normalRows, int madeUpRows, List<CandidateSummary> candidates) {

  public SearchSummary {
    candidates = candidates == null ? List.of() : List.copyOf(candidates);
  }
}
