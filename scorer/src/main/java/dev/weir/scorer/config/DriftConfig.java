package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import java.time.Duration;

/**
 * How records are compared with those that the model was trained on.
 *
 * @param window of how long, in the time of the records, those are that are compared
 * @param bins into how many bins of about the same share values are put
 * @param minRecords with fewer in the window nothing is said
 * @param threshold from which population stability index on a feature has drifted
 * @param lasting an alert is raised when it has been so for so long; and closed likewise
 * @param alert whether one is raised at all
 */
public record DriftConfig(
    Duration window,
    Integer bins,
    Integer minRecords,
    Double threshold,
    Duration lasting,
    Boolean alert) {
  /** What the trainer tells apart. */
  private static final int MOST_BINS = 20;

  public DriftConfig {
    window = Check.orElse(window, Duration.ofDays(1));
    if (window.toSeconds() < 1) {
      throw Check.refuse("window", "must be 1s at least");
    }
    bins = Check.atLeast("bins", Check.orElse(bins, 10), 2);
    Check.atMost("bins", bins, MOST_BINS);
    minRecords = Check.atLeast("minRecords", Check.orElse(minRecords, 1000), 1);
    threshold = Check.above("threshold", Check.orElse(threshold, 0.25), 0);
    lasting = Check.orElse(lasting, Duration.ofHours(1));
    if (lasting.isNegative()) {
      throw Check.refuse("lasting", "must not be negative");
    }
    alert = Check.orElse(alert, true);
  }
}
