package dev.weir.scorer.topology;

import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.serde.Frame;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.config.BatchConfig;
import dev.weir.scorer.inference.ModelSource;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

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
 */
final class ScoringProcessor implements Processor<byte[], byte[], byte[], Object> {
  /** All counts of a pipeline meet; without a key they would meet as well. */
  private static final byte[] COUNTS_KEY = {};

  private final Names names;
  private final ModelSource models;
  private final Sessions sessions;
  private final BatchConfig config;
  private final Forgetting forgetting;
  private final boolean isRekeyed;
  private final DeadLetters deadLetters;
  private final ScoringListener listener;
  private ModelSession<Pending> session;
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

  /** A record whose row is in the batch, and where it came from. */
  record Pending(Record<byte[], byte[]> record, Origin origin, CommitBoundary.Place place) {}

  /**
   * A processor for one task.
   *
   * @param isRekeyed whether records come through a topic that gave them another key
   */
  ScoringProcessor(
      Names names,
      ModelSource models,
      Sessions sessions,
      BatchConfig config,
      Forgetting forgetting,
      boolean isRekeyed,
      DeadLetters deadLetters,
      ScoringListener listener) {
    this.names = names;
    this.models = models;
    this.sessions = sessions;
    this.config = config;
    this.forgetting = forgetting;
    this.isRekeyed = isRekeyed;
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
    if (record.value() == null) {
      forget(record, origin);
      return;
    }
    try {
      session.add(
          new Pending(record, origin, boundary.place()),
          record.value(),
          Frame.valueSchema(record.headers()),
          origin,
          record.key(),
          record.timestamp());
    } catch (RejectedRecordException e) {
      context.forward(deadLetters.of(record, origin, e), names.deadLetter());
      return;
    }
    if (session.isFull()) {
      flush();
    }
  }

  /** The records of the key that still wait have a state of their own already. */
  private void forget(Record<byte[], byte[]> record, Origin origin) {
    if (!isRekeyed) {
      session.forget(origin, record.key());
    }
    listener.tombstone();
  }

  private void beforeCommit() {
    flush();
    session.save();
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
                context.forward(
                    new Record<>(COUNTS_KEY, counts, Math.max(0, lastTime)), names.driftCounts());
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
      session.drain(this::forward);
    } finally {
      boundary.restore(current);
    }
    listener.flushed(rows, waited);
  }

  private void forward(Pending pending, Verdict verdict) {
    boundary.restore(pending.place());
    lastPlace = pending.place();
    lastTime = pending.record().timestamp();
    listener.scored(verdict, context.currentSystemTimeMs() - pending.record().timestamp());
    context.forward(
        pending.record().withValue(new JudgedRecord(pending.origin(), verdict)), names.route());
  }

  private void keepUpWithModel() {
    if (models.generation() != generation) {
      session.save();
      sendCounts();
      session.close();
      beginSession();
    }
  }

  private void beginSession() {
    // Asked for first: if a model takes over in between, the session only begins once more.
    generation = models.generation();
    session = sessions.begin(states, boundary, context.taskId());
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
