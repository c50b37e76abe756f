package dev.weir.trainer.source;

import dev.weir.trainer.config.SourceConfig;
import dev.weir.trainer.data.Reservoir;
import dev.weir.trainer.data.RowsBuilder;
import dev.weir.trainer.data.RunReservoir;
import java.util.Locale;
import java.util.Optional;

/**
 * Which rows of a history are kept: all, as long as there is room for them; a sample otherwise, or
 * where one is asked for. Of a model that looks at windows it is a sample of runs of consecutive
 * rows of a key; of other models one of single rows, which have been encoded by then with all that
 * came before them.
 */
final class HistorySample {
  /** How many runs there are at least, if the sample is large enough for it. */
  private static final int FEWEST_RUNS = 200;

  private static final int SHORTEST_RUN = 2;
  private static final int LONGEST_RUN = 8;

  private final boolean asked;
  private final int capacity;
  private final int runLength;
  private final RowsBuilder rows;
  private final Reservoir single;
  private final RunReservoir runs;

  /**
   * Nothing is kept yet.
   *
   * @param source says how many rows shall be drawn
   * @param width how many features a row has
   */
  HistorySample(SourceConfig source, ReadingPlan plan, int width) {
    int room = plan.mostRows(width);
    asked = source.sample() != null && source.sample() <= room;
    capacity = asked ? source.sample() : room;
    rows = new RowsBuilder(width, capacity);
    runLength =
        plan.window() == 1
            ? 1
            : Math.max(
                SHORTEST_RUN * plan.window(),
                Math.min(LONGEST_RUN * plan.window(), capacity / FEWEST_RUNS));
    single = new Reservoir(capacity, source.sampleSeed());
    runs = new RunReservoir(capacity, runLength, source.sampleSeed(), rows::remove);
  }

  /** Takes a row, or not; as {@link RowsBuilder#add}. */
  void add(float[] row, long time, int key) {
    int place = runLength == 1 ? single.next() : runs.next(key);
    if (place < 0) {
      rows.skip(key);
    } else {
      rows.put(place, row, time, key);
    }
  }

  /** Rows of a key that come are not linked to those that were there. */
  void cut(int key) {
    rows.skip(key);
  }

  /** The rows that were kept. */
  RowsBuilder rows() {
    return rows;
  }

  /** What to tell of it, if not all rows were kept. */
  Optional<String> note() {
    long seen = runLength == 1 ? single.seen() : runs.seen();
    if (seen <= rows.count()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "sampled %,d of %,d rows at random%s, %s",
            rows.count(),
            seen,
            runLength == 1 ? "" : ", in runs of " + runLength + " consecutive rows of a key",
            asked
                ? "as source.sample asks"
                : "which is what fits into this process's heap of "
                    + Runtime.getRuntime().maxMemory() / (1 << 20)
                    + " MB; for more of them give it a larger one (WEIR_JAVA_OPTS=-Xmx8g), for"
                    + " fewer set source.sample"));
  }
}
