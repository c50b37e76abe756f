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
  private final MicroBatch<Judged<T>> batch;
  private final List<Judged<T>> places;
  private final FieldValues fields;
  private final float[] rows;
  private final Optional<DriftCounter> drift;

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
    places = new ArrayList<>(batchRows);
    for (int i = 0; i < batchRows; i++) {
      places.add(new Judged<>());
    }
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
    if (batch.isFull()) {
      throw new IllegalStateException("the batch is full; judge its records first");
    }
    Judged<T> place = places.get(batch.size());
    place.begin(record, origin, timeMillis, warmingUp);
    batch.add(place, rows, System::nanoTime);
  }

  /** Whether it keeps something of each key from one record to the next. */
  boolean remembersKeys() {
    return states.isPresent();
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
   * A record in the batch, and what came of it. Made once for each place in the batch: the next
   * record there takes it over.
   */
  static final class Judged<T> {
    private T record;
    private Origin origin;
    private long timeMillis;
    private boolean warmingUp;
    private Verdict verdict;
    private RuntimeException failure;

    private void begin(T now, Origin from, long millis, boolean isWarmingUp) {
      record = now;
      origin = from;
      timeMillis = millis;
      warmingUp = isWarmingUp;
      verdict = null;
      failure = null;
    }

    T record() {
      return record;
    }

    /** Lets go of the record, which would stay until another takes its place. */
    void release() {
      record = null;
      origin = null;
      verdict = null;
    }

    /** Null if it could not be scored. */
    Verdict verdict() {
      return verdict;
    }

    /** Why it could not be scored; null if it was. */
    RuntimeException failure() {
      return failure;
    }
  }

  /**
   * Scores all records; the batch is empty afterwards. If they cannot be scored, all stay, and
   * nothing is counted.
   *
   * @return all of them, in their order, with verdicts; valid until the next record is taken in
   */
  List<Judged<T>> judge() {
    List<Judged<T>> judged = places.subList(0, batch.size());
    batch.drain(this::judge, this::count);
    return judged;
  }

  /** Scores each record by itself, after {@link #judge} has failed. */
  List<Judged<T>> judgeEach() {
    List<Judged<T>> judged = places.subList(0, batch.size());
    batch.drainEach(
        (place, scored, of, row) -> {
          judge(place, scored, of, row);
          count(place, scored, of, row);
        },
        (place, e) -> {
          place.verdict = null;
          place.failure = e;
        });
    return judged;
  }

  private void judge(Judged<T> place, ScoredBatch scored, FeatureBatch of, int row) {
    place.verdict = verdicts.of(scored, of, row, place.warmingUp);
  }

  private void count(Judged<T> place, ScoredBatch scored, FeatureBatch of, int row) {
    if (drift.isPresent()) {
      Origin origin = place.origin;
      drift
          .get()
          .count(
              of,
              row,
              place.verdict,
              origin.topic(),
              origin.partition(),
              origin.offset(),
              place.timeMillis);
    }
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
