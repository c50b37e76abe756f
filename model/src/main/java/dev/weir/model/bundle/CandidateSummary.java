package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What became of one candidate of a search.
 *
 * @param name its family and the settings that are not the family's defaults
 * @param state how far the search has come with it
 * @param value the criterion's, from 0 to 1; null unless it was judged
 * @param chosen whether it is the best so far; in the end, whether it is the one that was kept
 * @param reason why it failed; null unless it did
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CandidateSummary(
    String name, CandidateState state, Double value, boolean chosen, String reason) {}
