package dev.weir.scorer.topology;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.drift.DriftCounter;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.inference.ScoredBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A task's use of one model: bytes become rows, rows wait in a batch, and batches become verdicts.
 * When another model takes over, the session ends and a new one begins. Not thread-safe.
 *
 * @param <T> what is remembered of a record besides its row
 */
final class ModelSession<T> implements AutoCloseable {
  private final AnomalyModel model;
  private final RecordReader reader;
  private final FeatureEncoder encoder;
  private final Optional<EncoderStates> states;
  private final VerdictMaker verdicts;
  private final MicroBatch<Waiting<T>> batch;
  private final FieldValues fields;
  private final float[] rows;
  private final Optional<DriftCounter> drift;

  /** A record in the batch. */
  private record Waiting<T>(T record, Origin origin, long timeMillis, boolean warmingUp) {}

  /**
   * Begins a session.
   *
   * @param states empty if the encoder needs none
   * @param drift empty if nobody asks for it
   */
  ModelSession(
      AnomalyModel model,
      RecordReader reader,
      FeatureEncoder encoder,
      Optional<EncoderStates> states,
      VerdictMaker verdicts,
      Optional<DriftCounter> drift,
      int batchRows) {
    this.model = model;
    this.reader = reader;
    this.encoder = encoder;
    this.states = states;
    this.verdicts = verdicts;
    this.drift = drift;
    batch = new MicroBatch<>(model, batchRows);
    fields = new FieldValues(encoder.spec().fields().size());
    rows = new float[encoder.window() * encoder.spec().width()];
  }

  Manifest manifest() {
    return model.manifest();
  }

  /**
   * Takes a record in. The batch must not be full.
   *
   * @param schemaId from a header; null if there is none
   * @param key by which records are told apart
   * @throws RejectedRecordException if it cannot be read or encoded; nothing is remembered of it
   */
  void add(T record, byte[] value, byte[] schemaId, Origin origin, byte[] key, long timeMillis)
      throws RejectedRecordException {
    reader.read(value, schemaId, fields);
    if (!origin.hasKey()) {
      throw new RejectedRecordException(
          RejectReason.NO_KEY, "the record has no value in the field that input.keyField names");
    }
    boolean warmingUp = false;
    if (states.isPresent()) {
      warmingUp = !encoder.encodeWindow(fields, timeMillis, states.get().of(origin, key), rows, 0);
    } else {
      encoder.encode(fields, rows, 0);
    }
    batch.add(new Waiting<>(record, origin, timeMillis, warmingUp), rows, System.nanoTime());
  }

  /** Forgets what it knows of a key. */
  void forget(Origin origin, byte[] key) {
    states.ifPresent(all -> all.forget(origin, key));
  }

  boolean isFull() {
    return batch.isFull();
  }

  int size() {
    return batch.size();
  }

  /** How long the oldest record has waited. */
  long oldestWaitedNanos() {
    return batch.oldestWaitedNanos(System.nanoTime());
  }

  /**
   * What came of a record.
   *
   * @param verdict null if it could not be scored
   * @param failure why; otherwise null
   */
  record Judged<T>(T record, Verdict verdict, RuntimeException failure) {}

  /**
   * Scores all records; the batch is empty afterwards. If they cannot be scored, all stay.
   *
   * @return all of them, in their order, with verdicts
   */
  List<Judged<T>> judge() {
    List<Judged<T>> judged = new ArrayList<>(batch.size());
    if (drift.isEmpty()) {
      batch.drain((waiting, scored, of, row) -> judged.add(judge(waiting, scored, of, row)));
      return judged;
    }
    int last = batch.size() - 1;
    List<Waiting<T>> all = new ArrayList<>(batch.size());
    batch.drain(
        (waiting, scored, of, row) -> {
          judged.add(judge(waiting, scored, of, row));
          all.add(waiting);
          if (row == last) {
            // Not before: if one fails, all are judged once more, and would count twice.
            for (int i = 0; i <= last; i++) {
              count(drift.get(), of, i, judged.get(i).verdict(), all.get(i));
            }
          }
        });
    return judged;
  }

  /** Scores each record by itself, after {@link #judge} has failed. */
  List<Judged<T>> judgeEach() {
    List<Judged<T>> judged = new ArrayList<>(batch.size());
    batch.drainEach(
        (waiting, scored, of, row) -> {
          Judged<T> each = judge(waiting, scored, of, row);
          drift.ifPresent(counter -> count(counter, of, row, each.verdict(), waiting));
          judged.add(each);
        },
        (waiting, e) -> judged.add(new Judged<>(waiting.record(), null, e)));
    return judged;
  }

  private Judged<T> judge(Waiting<T> waiting, ScoredBatch scored, FeatureBatch of, int row) {
    return new Judged<>(waiting.record(), verdicts.of(scored, of, row, waiting.warmingUp()), null);
  }

  private void count(
      DriftCounter counter, FeatureBatch of, int row, Verdict verdict, Waiting<T> waiting) {
    Origin origin = waiting.origin();
    counter.count(
        of,
        row,
        verdict,
        origin.topic(),
        origin.partition(),
        origin.offset(),
        waiting.timeMillis());
  }

  /** What was counted for {@link DriftCounter} since the last call. */
  Optional<byte[]> takeCounts() {
    return drift.flatMap(DriftCounter::take);
  }

  /** Writes what it knows of keys to their store. To be called before every commit. */
  void save() {
    states.ifPresent(EncoderStates::save);
  }

  @Override
  public void close() {
    model.close();
  }
}
