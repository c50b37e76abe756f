package dev.weir.scorer.topology;

import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.serde.Frame;
import dev.weir.schemas.serde.SchemaId;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.config.BatchConfig;
import dev.weir.scorer.config.ErrorConfig;
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
final class ScoringProcessor implements Processor<byte[], byte[], byte[], Object> {
  /** All counts of a pipeline meet; without a key they would meet as well. */
  private static final byte[] COUNTS_KEY = {};

  private static final Logger log = LoggerFactory.getLogger(ScoringProcessor.class);

  private final Names names;
  private final ModelSource models;
  private final Sessions sessions;
  private final Shadows shadows;
  private final BatchConfig config;
  private final Forgetting forgetting;
  private final boolean isRekeyed;
  private final boolean isFramed;
  private final boolean hasWatch;
  private final ErrorConfig errors;
  private final int mostCounts;
  private final DeadLetters deadLetters;
  private final ScoringListener listener;
  private ModelSession<Pending> session;
  private Optional<ShadowScorer> shadow = Optional.empty();
  private long generation;
  private KeyValueStore<Bytes, byte[]> states;
  private ProcessorContext<byte[], Object> context;
  private CommitBoundary boundary;
  private CommitBoundary.Place lastPlace;
  private long lastTime;

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

  /** A record whose row is in the batch, and where it came from. */
  static final class Pending {
    private final Record<byte[], byte[]> record;
    private final Origin origin;
    private final CommitBoundary.Place place;

    /** Null if there is no model on trial. */
    private ShadowScorer.Trial trial;

    private Pending(Record<byte[], byte[]> record, Origin origin, CommitBoundary.Place place) {
      this.record = record;
      this.origin = origin;
      this.place = place;
    }
  }

  /**
   * A processor for one task.
   *
   * @param isRekeyed whether records come through a topic that gave them another key
   * @param isFramed whether records name their schemas
   * @param hasWatch whether the alert policy remembers keys, and has to be told of those that end
   * @param countsLimit how large what was counted for drift may be when it goes on
   */
  ScoringProcessor(
      Names names,
      ModelSource models,
      Sessions sessions,
      Shadows shadows,
      BatchConfig config,
      Forgetting forgetting,
      boolean isRekeyed,
      boolean isFramed,
      boolean hasWatch,
      ErrorConfig errors,
      SizeLimit countsLimit,
      DeadLetters deadLetters,
      ScoringListener listener) {
    this.names = names;
    this.models = models;
    this.sessions = sessions;
    this.shadows = shadows;
    this.config = config;
    this.forgetting = forgetting;
    this.isRekeyed = isRekeyed;
    this.isFramed = isFramed;
    this.hasWatch = hasWatch;
    this.errors = errors;
    mostCounts = countsLimit.bytes();
    this.deadLetters = deadLetters;
    this.listener = listener;
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
        config.maxWait(),
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
  public void process(Record<byte[], byte[]> record) {
    if (session.size() == 0) {
      keepUpWithModel();
    }
    Origin origin =
        isRekeyed
            ? Origin.ofRekeyed(record)
            : Origin.of(record, context.recordMetadata().orElseThrow());
    if (RecordTime.isFromFuture(record.headers())) {
      listener.fromFuture();
    }
    if (record.value() == null) {
      forget(record, origin);
      return;
    }
    Pending pending = new Pending(record, origin, boundary.place());
    byte[] schemaId = Frame.valueSchema(record.headers());
    try {
      session.add(pending, record.value(), schemaId, origin, record.key(), record.timestamp());
    } catch (RejectedRecordException e) {
      if (errors.deserialization() == ErrorConfig.Deserialization.FAIL) {
        throw new RefusedRecordException(origin, e);
      }
      context.forward(deadLetters.of(record, origin, e), names.deadLetter());
      return;
    } catch (RuntimeException e) {
      if (!isPutAside(e)) {
        throw e;
      }
      context.forward(deadLetters.ofUnscored(record, origin, e), names.deadLetter());
      return;
    }
    shadow.ifPresent(
        other ->
            pending.trial =
                other.add(record.value(), schemaId, origin, record.key(), record.timestamp()));
    if (session.isFull()) {
      flush();
    }
  }

  /** What Kafka Streams throws is about the task, and an outage about nobody's record. */
  private boolean isPutAside(RuntimeException e) {
    return errors.processing() == ErrorConfig.Processing.DEAD_LETTER
        && !(e instanceof KafkaException)
        && !ErrorHandlers.isOutage(e);
  }

  /** The records of the key that still wait have a state of their own already. */
  private void forget(Record<byte[], byte[]> record, Origin origin) {
    if (!isRekeyed) {
      session.forget(origin, record.key());
      shadow.ifPresent(other -> other.forget(origin, record.key()));
      if (hasWatch) {
        // What is heard of the key's records that still wait comes before.
        flush();
        context.forward(record.withValue(JudgedRecord.tombstone(origin)), names.route());
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
              boundary.restore(lastPlace);
              try {
                for (byte[] piece : Pieces.of(context.taskId().toString(), counts, mostCounts)) {
                  context.forward(
                      new Record<>(COUNTS_KEY, piece, Math.max(0, lastTime)), names.driftCounts());
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
      for (ModelSession.Judged<Pending> each : judged()) {
        if (each.failure() == null) {
          forward(each.record(), each.verdict());
        } else {
          putAside(each.record(), each.failure());
        }
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

  private void forward(Pending pending, Verdict verdict) {
    boundary.restore(pending.place);
    lastPlace = pending.place;
    lastTime = pending.record.timestamp();
    listener.scored(verdict, context.currentSystemTimeMs() - pending.record.timestamp());
    Optional<Verdict> other = pending.trial == null ? Optional.empty() : pending.trial.verdict();
    if (shadow.isPresent()) {
      listener.compared(verdict, other);
    }
    context.forward(
        pending.record.withValue(
            new JudgedRecord(pending.origin, verdict, other, schema(pending.record))),
        names.route());
  }

  /** Only asked for when the record has been read, and so has a frame if it is to have one. */
  private Optional<SchemaId> schema(Record<byte[], byte[]> record) {
    return isFramed
        ? Optional.of(Frame.of(record.headers(), false, record.value()).schema())
        : Optional.empty();
  }

  private void putAside(Pending pending, RuntimeException failure) {
    boundary.restore(pending.place);
    context.forward(
        deadLetters.ofUnscored(pending.record, pending.origin, failure), names.deadLetter());
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
