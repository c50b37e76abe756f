/** From scores to verdicts and alerts: thresholds, severities, explanations. No Kafka, no DJL. */
package dev.weir.scorer.alert;
