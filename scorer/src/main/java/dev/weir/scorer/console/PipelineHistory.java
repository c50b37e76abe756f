package dev.weir.scorer.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a pipeline did in the last minutes, second by second. To be used by one thread at a time.
 */
final class PipelineHistory {
  /** How far the throughput reaches back. */
  static final int SECONDS = 300;

  /** How far the scores reach back. */
  static final int SCORE_SECONDS = 60;

  private final PipelineMonitor pipeline;
  private final Deque<Double> rates = new ArrayDeque<>();
  private final Deque<long[]> scores = new ArrayDeque<>();
  private ScoreHistogram histogram;
  private PipelineMonitor.Totals last;
  private long lastMillis;
  private Double delayMillis;

  PipelineHistory(PipelineMonitor pipeline, long nowMillis) {
    this.pipeline = pipeline;
    last = pipeline.totals();
    lastMillis = nowMillis;
    begin(pipeline.model().scores());
  }

  private void begin(ScoreHistogram of) {
    histogram = of;
    scores.clear();
    scores.add(new long[of.counts().length]);
  }

  /** About a second has gone by. */
  void tick(long nowMillis) {
    PipelineMonitor.Totals now = pipeline.totals();
    long millis = Math.max(1, nowMillis - lastMillis);
    long records = now.scored() - last.scored();
    push(rates, records * 1000.0 / millis, SECONDS);
    delayMillis =
        records == 0 ? null : (now.waitedMillis() - last.waitedMillis()) / (double) records;
    last = now;
    lastMillis = nowMillis;
    LiveModel model = pipeline.model();
    if (model.scores() != histogram) {
      begin(model.scores());
    }
    push(scores, histogram.counts(), SCORE_SECONDS + 1);
    model.cells().ifPresent(CellHits::tick);
  }

  private static <T> void push(Deque<T> queue, T value, int most) {
    queue.addLast(value);
    if (queue.size() > most) {
      queue.removeFirst();
    }
  }

  PipelineMonitor pipeline() {
    return pipeline;
  }

  /** As they were at the last tick. */
  PipelineMonitor.Totals totals() {
    return last;
  }

  /** Records scored a second, the oldest first. */
  List<Double> rates() {
    return List.copyOf(rates);
  }

  /** In the last second. */
  double rate() {
    return rates.isEmpty() ? 0 : rates.peekLast();
  }

  /**
   * From a record's timestamp to its score, on average in the last second; null without records.
   */
  Double delayMillis() {
    return delayMillis;
  }

  /** How many records of the last minute are in each bin of the model's histogram. */
  long[] recentScores() {
    long[] newest = scores.peekLast().clone();
    long[] oldest = scores.peekFirst();
    for (int i = 0; i < newest.length; i++) {
      newest[i] -= oldest[i];
    }
    return newest;
  }
}
