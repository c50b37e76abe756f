package dev.weir.scorer.topology;

import dev.weir.model.record.RejectedRecordException;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.config.ErrorConfig;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.drift.Pieces;
import dev.weir.scorer.inference.ModelSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and encodes records, collects their rows into micro-batches, and forwards a verdict for
 * each.
 *
 * <p>A batch is scored when it is full, when its oldest row has waited for {@code maxWait}, and
 * before every commit, so that a commit never covers a record whose verdict is still held back.
 * Another model takes over between two batches.
 *
 * <p>What cannot be read or encoded goes to the dead-letter topic, with its original bytes and the
 * reason. A registry that cannot be asked for a schema fails the task, which reads the record
 * again; no record is lost by that. A record without a value, a tombstone, says that its key is no
 * more: what is remembered of it is forgotten.
 *
 * <p>A model on trial takes the same records and is asked first, so that both verdicts go on
 * together.
 */
final class ScoringProcessor implements Processor<byte[], Pack, byte[], Object> {
  /** All counts of a pipeline meet; without a key they would meet as well. */
  private static final byte[] COUNTS_KEY = {};

  private static final Logger log = LoggerFactory.getLogger(ScoringProcessor.class);

  private final Names names;
  private final ModelSource models;
  private final Sessions sessions;
  private final Shadows shadows;
  private final PipelineConfig config;
  private final Forgetting forgetting;
  private final boolean isRekeyed;
  private final boolean isFramed;
  private final boolean hasWatch;
  private final boolean areAllRouted;
  private final String route;
  private final ErrorConfig errors;
  private final int mostCounts;
  private final DeadLetters deadLetters;
  private final ScoringListener listener;
  private final WallClock clock;
  private ModelSession<Pending> session;
  private Optional<ShadowScorer> shadow = Optional.empty();
  private long generation;
  private KeyValueStore<Bytes, byte[]> states;
  private ProcessorContext<byte[], Object> context;
  private CommitBoundary boundary;
  private InputRecord last;

  /** Begins a task's use of the model that is live. */
  @FunctionalInterface
  interface Sessions {
    ModelSession<Pending> begin(
        KeyValueStore<Bytes, byte[]> states, CommitBoundary boundary, TaskId task);
  }

  /** Begins a task's use of the model on trial. */
  @FunctionalInterface
  interface Shadows {
    /** Empty if there is to be none. */
    Optional<ShadowScorer> begin(KeyValueStore<Bytes, byte[]> states, CommitBoundary boundary);
  }

  /** A record whose row is in the batch. */
  static final class Pending {
    private final InputRecord record;

    /** Null if there is no model on trial. */
    private ShadowScorer.Trial trial;

    private Pending(InputRecord record) {
      this.record = record;
    }
  }

  /**
   * A processor for one task.
   *
   * @param countsLimit how large what was counted for drift may be when it goes on
   */
  ScoringProcessor(
      Names names,
      PipelineConfig config,
      ModelSource models,
      Sessions sessions,
      Shadows shadows,
      Forgetting forgetting,
      ErrorConfig errors,
      SizeLimit countsLimit,
      DeadLetters deadLetters,
      ScoringListener listener,
      WallClock clock) {
    this.names = names;
    this.config = config;
    this.models = models;
    this.sessions = sessions;
    this.shadows = shadows;
    this.forgetting = forgetting;
    isRekeyed = config.input().keyPath().isPresent();
    isFramed = config.input().format().needsRegistry();
    hasWatch = config.alerts().isWatchingKeys();
    areAllRouted = hasWatch || config.output().scored() != null || config.shadow() != null;
    route = names.route();
    this.errors = errors;
    mostCounts = countsLimit.bytes();
    this.deadLetters = deadLetters;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Takes a scorer and begins with an empty batch.
   *
   * <p>Not done in the constructor, since Kafka Streams makes processors that it never starts, and
   * starts one anew after it has closed it, when a task is suspended or revived: its uncommitted
   * records come again then, and what the batch still held of them must be gone.
   */
  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    this.context = context;
    states = context.getStateStore(names.encoderStates());
    boundary = context.getStateStore(names.commitBoundary());
    boundary.attach(context, this::beforeCommit);
    shadow = shadows.begin(states, boundary);
    beginSession();
    context.schedule(
        config.batch().maxWait(),
        PunctuationType.WALL_CLOCK_TIME,
        timestamp -> {
          flush();
          keepUpWithModel();
        });
    context.schedule(
        forgetting.every(),
        PunctuationType.STREAM_TIME,
        timestamp -> forgetting.forget(states, timestamp));
  }

  @Override
  public void process(Record<byte[], Pack> record) {
    Pack pack = record.value();
    if (!pack.hasRecords()) {
      take(
          isRekeyed
              ? InputRecord.ofRekeyed(record)
              : InputRecord.of(record, context.recordMetadata().orElseThrow()));
      return;
    }
    CommitBoundary.Place current = boundary.place();
    try {
      for (int i = 0; i < pack.size(); i++) {
        take(InputRecord.of(pack, i));
      }
    } finally {
      boundary.restore(current);
    }
  }

  private void take(InputRecord record) {
    if (session.size() == 0) {
      keepUpWithModel();
    }
    if (RecordTime.isFromFuture(record.headers())) {
      listener.fromFuture();
    }
    if (record.value() == null) {
      forget(record);
      return;
    }
    if (session.remembersKeys() || shadow.isPresent()) {
      // What is written of the key's state has the record's time and place.
      boundary.restore(CommitBoundary.place(record));
    }
    Pending pending = new Pending(record);
    byte[] schemaId = record.schemaHeader();
    try {
      session.add(
          pending, record.value(), schemaId, record.origin(), record.key(), record.timeMillis());
    } catch (RejectedRecordException e) {
      if (errors.deserialization() == ErrorConfig.Deserialization.FAIL) {
        throw new RefusedRecordException(record.origin(), e);
      }
      sendDeadLetter(record, deadLetters.of(asRead(record), record.origin(), e));
      return;
    } catch (RuntimeException e) {
      if (!isPutAside(e)) {
        throw e;
      }
      sendDeadLetter(record, deadLetters.ofUnscored(asRead(record), record.origin(), e));
      return;
    }
    if (shadow.isPresent()) {
      pending.trial =
          shadow
              .get()
              .add(record.value(), schemaId, record.origin(), record.key(), record.timeMillis());
    }
    if (session.isFull()) {
      flush();
    }
  }

  private static Record<byte[], byte[]> asRead(InputRecord record) {
    return record.with(record.value());
  }

  private void sendDeadLetter(InputRecord record, Record<byte[], Object> letter) {
    CommitBoundary.Place current = boundary.place();
    boundary.restore(CommitBoundary.place(record));
    try {
      context.forward(letter, names.deadLetter());
    } finally {
      boundary.restore(current);
    }
  }

  /** What Kafka Streams throws is about the task, and an outage about nobody's record. */
  private boolean isPutAside(RuntimeException e) {
    return errors.processing() == ErrorConfig.Processing.DEAD_LETTER
        && !(e instanceof KafkaException)
        && !ErrorHandlers.isOutage(e);
  }

  /** The records of the key that still wait have a state of their own already. */
  private void forget(InputRecord record) {
    if (!isRekeyed) {
      session.forget(record.origin(), record.key());
      shadow.ifPresent(other -> other.forget(record.origin(), record.key()));
      if (hasWatch) {
        // What is heard of the key's records that still wait comes before.
        flush();
        CommitBoundary.Place current = boundary.place();
        boundary.restore(CommitBoundary.place(record));
        try {
          context.forward(record.with(JudgedRecord.tombstone(record.origin())), route);
        } finally {
          boundary.restore(current);
        }
      }
    }
    listener.tombstone();
  }

  private void beforeCommit() {
    flush();
    session.save();
    shadow.ifPresent(ShadowScorer::save);
    sendCounts();
  }

  /** What was counted goes on within the commit of the records that it counts. */
  private void sendCounts() {
    session
        .takeCounts()
        .ifPresent(
            counts -> {
              CommitBoundary.Place current = boundary.place();
              boundary.restore(CommitBoundary.place(last));
              try {
                for (byte[] piece : Pieces.of(context.taskId().toString(), counts, mostCounts)) {
                  context.forward(
                      new Record<>(COUNTS_KEY, piece, last.timeMillis()), names.driftCounts());
                }
              } finally {
                boundary.restore(current);
              }
            });
  }

  private void flush() {
    int rows = session.size();
    if (rows == 0) {
      return;
    }
    long waited = session.oldestWaitedNanos();
    CommitBoundary.Place current = boundary.place();
    try {
      shadow.ifPresent(ShadowScorer::score);
      List<ModelSession.Judged<Pending>> judged = judged();
      long now = clock.millis(context);
      for (int i = 0; i < rows; i++) {
        ModelSession.Judged<Pending> each = judged.get(i);
        if (each.failure() == null) {
          forward(each.record(), each.verdict(), now);
        } else {
          InputRecord record = each.record().record;
          sendDeadLetter(
              record, deadLetters.ofUnscored(asRead(record), record.origin(), each.failure()));
        }
        each.release();
      }
    } finally {
      boundary.restore(current);
    }
    listener.flushed(rows, waited);
  }

  private List<ModelSession.Judged<Pending>> judged() {
    try {
      return session.judge();
    } catch (RuntimeException e) {
      if (!isPutAside(e)) {
        throw e;
      }
      log.warn("a batch cannot be scored; its records are scored one by one", e);
      return session.judgeEach();
    }
  }

  private void forward(Pending pending, Verdict verdict, long now) {
    InputRecord record = pending.record;
    last = record;
    listener.scored(verdict, now - record.timeMillis());
    Optional<Verdict> other = pending.trial == null ? Optional.empty() : pending.trial.verdict();
    if (shadow.isPresent()) {
      listener.compared(verdict, other);
    }
    if (areAllRouted || verdict.anomalous()) {
      boundary.restore(CommitBoundary.place(record));
      context.forward(
          record.with(
              new JudgedRecord(
                  record.origin(),
                  verdict,
                  other,
                  isFramed ? Optional.of(record.schema()) : Optional.empty())),
          route);
    }
  }

  private void keepUpWithModel() {
    shadow.ifPresent(ShadowScorer::keepUp);
    if (models.generation() != generation) {
      session.save();
      sendCounts();
      session.close();
      beginSession();
    }
  }

  private void beginSession() {
    // Asked for first: if a model takes over in between, the session only begins once more.
    shadow.ifPresent(ShadowScorer::keepUp);
    generation = models.generation();
    session = sessions.begin(states, boundary, context.taskId());
  }

  @Override
  public void close() {
    shadow.ifPresent(ShadowScorer::close);
    shadow = Optional.empty();
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
