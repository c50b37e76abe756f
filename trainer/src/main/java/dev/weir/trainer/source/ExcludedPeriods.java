package dev.weir.trainer.source;

import dev.weir.trainer.config.Exclusion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The periods of a history that are left out, and how many rows lay in them. */
final class ExcludedPeriods {
  private final long[] starts;
  private final long[] ends;
  private long leftOut;

  ExcludedPeriods(List<Exclusion> periods) {
    starts = periods.stream().mapToLong(period -> period.start().toEpochMilli()).toArray();
    ends = periods.stream().mapToLong(period -> period.end().toEpochMilli()).toArray();
  }

  /** Whether a row of this time is left out; counts it if so. */
  boolean leavesOut(long timeMillis) {
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] <= timeMillis && timeMillis < ends[i]) {
        leftOut++;
        return true;
      }
    }
    return false;
  }

  /** In which of the parts a row lies into which the periods cut the history; from 0. */
  int part(long timeMillis) {
    int part = 0;
    for (long end : ends) {
      part += end <= timeMillis ? 1 : 0;
    }
    return part;
  }

  /** How many rows were left out. */
  long leftOut() {
    return leftOut;
  }

  /** What to tell of it, if there are any periods. */
  Optional<String> note() {
    if (starts.length == 0) {
      return Optional.empty();
    }
    return Optional.of(
        leftOut == 0
            ? "no row lies in the periods of source.exclude; are their times right (UTC)?"
            : String.format(
                Locale.ROOT,
                "rows in the periods of source.exclude were left out: %,d; what looks back begins"
                    + " anew after each period",
                leftOut));
  }
}
