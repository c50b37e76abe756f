package dev.weir.scorer.drift;

import dev.weir.model.bundle.Manifest;
import dev.weir.scorer.alert.ModelIdentity;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.config.DriftConfig;
import dev.weir.scorer.inference.FeatureBatch;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts the values and probabilities of one task's records, by the time of the records. Hands over
 * what it has counted before every commit, and begins at 0 again. Not thread-safe.
 */
public final class DriftCounter {
  private final DriftReference reference;
  private final String task;
  private final int size;
  private final int[] columns;
  private final int[] offsets;
  private final Bins[] bins;
  private final int scoreOffset;
  private final int scoreBins;
  private final TreeMap<Long, DriftCounts> slices = new TreeMap<>();
  private DriftCounts current;
  private long currentStart = Long.MIN_VALUE;
  private long newestTime = Long.MIN_VALUE;
  private boolean isReferenceSent;

  /** When it was sent last, by the time of the records. */
  private long referenceTime;

  /**
   * Counts for a task.
   *
   * @param task tells it from the pipeline's other ones
   */
  public DriftCounter(Manifest manifest, ModelIdentity model, DriftConfig config, String task) {
    reference = DriftReference.of(manifest, model, config);
    this.task = task;
    size = reference.size();
    List<DriftReference.Column> known = DriftReference.bins(manifest, config);
    columns = known.stream().mapToInt(DriftReference.Column::index).toArray();
    bins = known.stream().map(DriftReference.Column::bins).toArray(Bins[]::new);
    offsets = reference.offsets();
    scoreOffset = offsets[offsets.length - 1];
    scoreBins = size - scoreOffset;
  }

  /** Counts a row of a batch. Those of keys that warm up do not count. */
  public void count(
      FeatureBatch rows,
      int row,
      Verdict verdict,
      String topic,
      int partition,
      long offset,
      long timeMillis) {
    if (verdict.warmingUp()) {
      return;
    }
    DriftCounts slice = slice(timeMillis);
    int[] counts = slice.counts;
    for (int i = 0; i < columns.length; i++) {
      counts[offsets[i] + bins[i].of(rows.value(row, columns[i]))]++;
    }
    counts[scoreOffset + DriftReference.bin(verdict.probability(), scoreBins)]++;
    slice.records++;
    if (verdict.anomalous()) {
      slice.anomalous++;
    }
    slice.note(topic, partition, offset, timeMillis);
    newestTime = Math.max(newestTime, timeMillis);
  }

  /**
   * What was counted since the last call, for a {@link DriftMonitor}; empty if nothing was. What it
   * is held against comes with the first, and again after each slice of the records' time.
   */
  public Optional<byte[]> take() {
    if (slices.isEmpty()) {
      return Optional.empty();
    }
    boolean isReminding = isReferenceSent && newestTime - referenceTime >= reference.sliceMillis();
    byte[] message =
        DriftJson.write(
            new DriftMessage(
                task,
                reference.id(),
                isReferenceSent ? null : reference,
                isReminding ? reference : null,
                newestTime,
                new TreeMap<>(slices)));
    if (!isReferenceSent || isReminding) {
      isReferenceSent = true;
      referenceTime = newestTime;
    }
    slices.clear();
    current = null;
    return Optional.of(message);
  }

  /** Whether the model says how its features were spread. */
  public boolean knowsFeatures() {
    return reference.hasFeatures();
  }

  private DriftCounts slice(long timeMillis) {
    long start = Math.floorDiv(timeMillis, reference.sliceMillis()) * reference.sliceMillis();
    if (start != currentStart || current == null) {
      current = slices.computeIfAbsent(start, unused -> new DriftCounts(size));
      currentStart = start;
    }
    return current;
  }
}
