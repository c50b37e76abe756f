package dev.weir.scorer.drift;

import dev.weir.scorer.alert.Evidence;
import java.util.Arrays;
import java.util.Locale;

/**
 * What changed most about a feature: the bin whose share grew or shrank most.
 *
 * @param feature whose it is
 * @param label what the bin holds
 * @param actual its share of the records
 * @param expected its share in training
 */
record Change(String feature, String label, double actual, double expected) {

  static Change of(DriftReference.Part part, long[] counts, int first) {
    double trained = Math.max(1, Arrays.stream(part.expected()).sum());
    double seen = Math.max(1, Arrays.stream(counts, first, first + part.expected().length).sum());
    Change most = null;
    for (int i = 0; i < part.expected().length; i++) {
      Change change =
          new Change(
              part.feature(),
              part.labels().get(i),
              counts[first + i] / seen,
              part.expected()[i] / trained);
      if (most == null || change.size() > most.size()) {
        most = change;
      }
    }
    return most;
  }

  private double size() {
    return Math.abs(actual - expected);
  }

  /** As an alert names it. */
  Evidence.Part part(double index, double threshold, double share) {
    return new Evidence.Part(feature, index, threshold, share, text(actual), text(expected));
  }

  private String text(double rate) {
    return String.format(Locale.ROOT, "%.1f %% of the records: %s", 100 * rate, label);
  }
}
