package dev.weir.trainer.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How soon alerts find the anomalous ranges.
 *
 * @param ranges runs of neighbouring anomalous points
 * @param found those with at least one alert inside
 * @param medianRows points from a found range's first to its first alert, the median over the found
 *     ones; 0 is at once; empty if none was found
 * @param medianMillis the same as time, if times were given
 */
public record DetectionDelay(
    int ranges, int found, OptionalDouble medianRows, OptionalDouble medianMillis) {

  /**
   * Looks for the first alert in each range.
   *
   * @param alerts which points were alerted on, in the order of time
   * @param labels which points are anomalous
   * @param times of the points in milliseconds, if they are known
   * @throws IllegalArgumentException if the lengths differ
   */
  public static DetectionDelay of(boolean[] alerts, boolean[] labels, Optional<long[]> times) {
    LabelledScores.requireSameLength("alerts", alerts.length, labels);
    List<AnomalyRange> ranges = AnomalyRange.of(labels);
    double[] rows = new double[ranges.size()];
    double[] millis = new double[ranges.size()];
    int found = 0;
    for (AnomalyRange range : ranges) {
      int at = range.first();
      while (at <= range.last() && !alerts[at]) {
        at++;
      }
      if (at <= range.last()) {
        rows[found] = at - range.first();
        if (times.isPresent()) {
          millis[found] = times.get()[at] - times.get()[range.first()];
        }
        found++;
      }
    }
    return new DetectionDelay(
        ranges.size(),
        found,
        median(rows, found),
        times.isPresent() ? median(millis, found) : OptionalDouble.empty());
  }

  private static OptionalDouble median(double[] values, int count) {
    if (count == 0) {
      return OptionalDouble.empty();
    }
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return OptionalDouble.of((sorted[(count - 1) / 2] + sorted[count / 2]) / 2);
  }
}
