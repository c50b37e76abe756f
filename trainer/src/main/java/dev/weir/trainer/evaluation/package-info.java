/**
 * How good a detector is on labelled data.
 *
 * <p>Everywhere here a score is a number that grows with abnormality, {@code labels[i]} is true
 * where the publishers of the data say that point {@code i} is anomalous, and points count one by
 * one: nothing is point-adjusted, because under point adjustment random scores look excellent (Kim
 * et al., "Towards a Rigorous Evaluation of Time-Series Anomaly Detection", AAAI 2022).
 *
 * <p>A figure that does not exist, such as the recall where nothing is anomalous, is {@link
 * Double#NaN}. It is never 0 or 1, which could be taken for a measurement.
 */
package dev.weir.trainer.evaluation;
