package dev.weir.scorer.drift;

import java.util.Map;

/**
 * How far the records of a window are from those that the model was trained on.
 *
 * @param from when the window begins, in milliseconds since 1970, in the time of the records
 * @param to when it ends
 * @param records how many records it has
 * @param alarmRate which share of them is anomalous
 * @param features the population stability index of each feature, in the model's order; none if the
 *     model does not say how its features were spread
 * @param probabilities the population stability index of the records' probabilities
 * @param drifting whether one of the indices is at or above the threshold
 */
public record DriftReport(
    long from,
    long to,
    long records,
    double alarmRate,
    Map<String, Double> features,
    double probabilities,
    boolean drifting) {}
