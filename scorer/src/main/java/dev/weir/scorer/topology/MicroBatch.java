package dev.weir.scorer.topology;

import dev.weir.model.bundle.Manifest;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.inference.ScoredBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Records that wait to be scored together.
 *
 * <p>Order is kept: records come out in the order in which they went in. If scoring fails, the
 * records stay; the task will be closed without a commit and read them again. Not thread-safe.
 *
 * @param <T> what is remembered of a record besides its row
 */
final class MicroBatch<T> {
  private final AnomalyModel model;
  private final FeatureBatch rows;
  private final List<T> records;
  private long oldestNanos;

  MicroBatch(AnomalyModel model, int capacity) {
    this.model = model;
    Manifest manifest = model.manifest();
    rows = new FeatureBatch(capacity, manifest.window(), manifest.features().width());
    records = new ArrayList<>(capacity);
  }

  /**
   * Takes a record in. The batch must not be full.
   *
   * @param nanoClock asked for the time by the first record only
   */
  void add(T record, float[] row, LongSupplier nanoClock) {
    if (records.isEmpty()) {
      oldestNanos = nanoClock.getAsLong();
    }
    rows.add(row);
    records.add(record);
  }

  boolean isFull() {
    return rows.isFull();
  }

  int size() {
    return records.size();
  }

  /** How long the oldest record has waited. */
  long oldestWaitedNanos(long nowNanos) {
    return records.isEmpty() ? 0 : nowNanos - oldestNanos;
  }

  /**
   * Scores all records, hands each to the taker, and is empty afterwards.
   *
   * @param afterwards is handed each once the taker has had all of them without failing
   */
  void drain(Taker<T> taker, Taker<T> afterwards) {
    if (records.isEmpty()) {
      return;
    }
    try (ScoredBatch scored = model.score(rows)) {
      hand(scored, taker);
      hand(scored, afterwards);
    }
    records.clear();
    rows.clear();
  }

  private void hand(ScoredBatch scored, Taker<T> taker) {
    for (int i = 0; i < records.size(); i++) {
      taker.take(records.get(i), scored, rows, i);
    }
  }

  /**
   * Does the same with each record alone, which takes longer; to be called after {@link #drain} has
   * failed, to find out with which.
   *
   * @param failed takes a record that cannot be scored
   */
  void drainEach(Taker<T> taker, BiConsumer<T, RuntimeException> failed) {
    FeatureBatch one = new FeatureBatch(1, rows.window(), rows.width());
    for (int i = 0; i < records.size(); i++) {
      one.clear();
      one.add(rows, i);
      try (ScoredBatch scored = model.score(one)) {
        taker.take(records.get(i), scored, one, 0);
      } catch (RuntimeException e) {
        failed.accept(records.get(i), e);
      }
    }
    records.clear();
    rows.clear();
  }

  /** Takes one scored record. */
  @FunctionalInterface
  interface Taker<T> {
    void take(T record, ScoredBatch scored, FeatureBatch rows, int row);
  }
}
