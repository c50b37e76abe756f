package dev.weir.scorer.alert;

import dev.weir.schemas.AlertStatus;
import java.util.List;

/**
 * Records have become unlike those that a model was trained on, or are like them again.
 *
 * @param status whether it began or has ended
 * @param id of the alert; the same however often the records are scored again
 * @param incidentId of the alert that opened it
 * @param eventMillis the end of the window in which it was seen
 * @param openedMillis since when it is so
 * @param model that was trained
 * @param index the largest population stability index of all features, or that of the probabilities
 * @param threshold from which one has drifted
 * @param anomalous how many records of the window are anomalous
 * @param newest record of the window
 * @param parts the features that drifted: index and threshold, each one's share in the sum of the
 *     indices, and what changed most, in words
 */
public record DriftNotice(
    AlertStatus status,
    String id,
    String incidentId,
    long eventMillis,
    long openedMillis,
    ModelIdentity model,
    double index,
    double threshold,
    long anomalous,
    RecordSource newest,
    List<Evidence.Part> parts) {}
