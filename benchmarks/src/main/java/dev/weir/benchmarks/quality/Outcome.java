package dev.weir.benchmarks.quality;

import java.time.Duration;
import java.util.Map;

/**
 * What one model reached on one series.
 *
 * @param metrics by what was measured; NaN where a metric does not exist
 * @param fit how long it was trained, reading not counted
 * @param score how long it took to score
 */
record Outcome(Map<Metric, Double> metrics, Duration fit, Duration score) {
  Outcome {
    metrics = Map.copyOf(metrics);
  }
}
