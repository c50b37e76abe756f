package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * A row that scored high.
 *
 * @param row its number in the history, from 1, in the order of time
 * @param time when it happened; null if nobody knows
 * @param key whose row it is; null if nobody knows
 * @param score larger is more anomalous
 * @param probability that a normal record scores at least this
 * @param parts the features that added most to the score, first the one that added most
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NotableRow(
    long row, Instant time, String key, double score, double probability, List<Part> parts) {

  public NotableRow {
    parts = List.copyOf(parts);
  }

  /**
   * A feature's part of a score.
   *
   * @param feature its name
   * @param value what the row has, in the feature's own units; null if it is missing
   * @param expected what the model expected
   * @param share of the score, from 0 to 1
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Part(String feature, Double value, Double expected, double share) {}
}
