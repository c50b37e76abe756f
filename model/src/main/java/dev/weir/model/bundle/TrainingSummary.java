package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * What a training showed of its history and its model, for people who have the manifest alone.
 * Nothing of it is needed to score, and what a later Weir adds to it is passed over. A figure that
 * does not exist is null.
 *
 * @param origin where the history came from
 * @param rows how many rows the history has
 * @param leftOut records that were read and could not be used
 * @param trimmed rows that the model was not fitted on because they look anomalous
 * @param from when the oldest row happened
 * @param to when the newest row happened
 * @param rowsPerDay how many rows a day brings, over all keys
 * @param features what is known of each feature, in the model's order
 * @param loss how the training went; null for a model that is not trained in epochs
 * @param map what a self-organising map looks like
 * @param tailFit how well the tail of the calibration fits the scores above its threshold
 * @param highestRows the training rows with the highest scores, highest first
 * @param evaluation how good the scores are on a labelled file, if there was one
 * @param search how the model was chosen among several, if it was
 * @param warnings what the user was told, in its order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingSummary(
    String origin,
    long rows,
    long leftOut,
    long trimmed,
    Instant from,
    Instant to,
    Double rowsPerDay,
    List<FeatureSummary> features,
    LossSummary loss,
    MapSummary map,
    TailFit tailFit,
    List<NotableRow> highestRows,
    LabelledSummary evaluation,
    SearchSummary search,
    List<String> warnings) {

  public TrainingSummary {
    features = features == null ? List.of() : List.copyOf(features);
    highestRows = highestRows == null ? List.of() : List.copyOf(highestRows);
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }

  /** How many alerts normal records bring a day at a false-alarm rate; null if nobody knows. */
  public Double alertsPerDay(double falseAlarmRate) {
    return rowsPerDay == null ? null : rowsPerDay * falseAlarmRate;
  }
}
