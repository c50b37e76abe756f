package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How good a model's scores are on a file with labels. What does not exist is null.
 *
 * @param origin the file
 * @param rows how many were scored
 * @param anomalies rows that are labelled as such
 * @param aucRoc area under the receiver operating characteristic
 * @param aucPr average precision
 * @param vusPr volume under the surface of the range-aware precision-recall curves
 * @param precision at the threshold
 * @param recall at the threshold
 * @param f1 at the threshold
 * @param falseAlarmRate share of the normal rows at or above the threshold
 * @param ranges runs of neighbouring anomalous rows
 * @param rangesFound those with an alert
 * @param medianDelayRows rows from a found range's first to its first alert, the median
 * @param medianDelaySeconds the same as time
 * @param falseAlarmsPerDay alerts on normal rows, a day of the file's time
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LabelledSummary(
    String origin,
    long rows,
    long anomalies,
    Double aucRoc,
    Double aucPr,
    Double vusPr,
    Double precision,
    Double recall,
    Double f1,
    Double falseAlarmRate,
    int ranges,
    int rangesFound,
    Double medianDelayRows,
    Double medianDelaySeconds,
    Double falseAlarmsPerDay) {}
