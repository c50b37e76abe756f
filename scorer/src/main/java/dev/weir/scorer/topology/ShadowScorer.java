package dev.weir.scorer.topology;

import dev.weir.model.record.RejectedRecordException;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.inference.ModelSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task's use of the model on trial. It sees the records that the live model takes, and is asked
 * for their verdicts when the live one's are due.
 *
 * <p>Whatever goes wrong with it stays here: a record that it cannot take has no verdict of it, and
 * a model that fails is left alone until another one takes its place. What Kafka Streams itself
 * throws goes on, since the live model is in the same task. Not thread-safe.
 */
final class ShadowScorer {
  private static final Logger log = LoggerFactory.getLogger(ShadowScorer.class);

  private final ModelSource models;
  private final Supplier<ModelSession<Trial>> sessions;
  private Optional<ModelSession<Trial>> session = Optional.empty();
  private long generation;
  private boolean hasToldOfRecord;

  /** What becomes of a record: the verdict, once there is one. */
  static final class Trial {
    private Verdict verdict;

    /** Empty if the model could not score the record. */
    Optional<Verdict> verdict() {
      return Optional.ofNullable(verdict);
    }
  }

  /**
   * Begins without a model.
   *
   * @param models of generation 0 while there is none
   * @param sessions begins the use of the model that is there
   */
  ShadowScorer(ModelSource models, Supplier<ModelSession<Trial>> sessions) {
    this.models = models;
    this.sessions = sessions;
  }

  /** Goes over to another model, if there is one. To be called when no record waits. */
  void keepUp() {
    long now = models.generation();
    if (now == generation) {
      return;
    }
    generation = now;
    session.ifPresent(ModelSession::save);
    close();
    hasToldOfRecord = false;
    if (now == 0) {
      return;
    }
    try {
      session = Optional.of(sessions.get());
    } catch (StreamsException e) {
      throw e;
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Takes a record that the live model has taken. */
  Trial add(byte[] value, byte[] schemaId, Origin origin, byte[] key, long timeMillis) {
    Trial trial = new Trial();
    if (session.isEmpty()) {
      return trial;
    }
    try {
      session.get().add(trial, value, schemaId, origin, key, timeMillis);
    } catch (StreamsException e) {
      throw e;
    } catch (RejectedRecordException | RuntimeException e) {
      if (!hasToldOfRecord) {
        hasToldOfRecord = true;
        log.warn("the model on trial cannot take a record; there may be more: {}", e.getMessage());
      }
    }
    return trial;
  }

  /** Scores all records that it has taken. */
  void score() {
    if (session.isEmpty()) {
      return;
    }
    try {
      session.get().judge().forEach(each -> each.record().verdict = each.verdict());
    } catch (StreamsException e) {
      throw e;
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(RuntimeException e) {
    log.error("the model on trial fails; it is left alone until another takes its place", e);
    close();
  }

  void forget(Origin origin, byte[] key) {
    session.ifPresent(each -> each.forget(origin, key));
  }

  /** Writes what it knows of keys. To be called before every commit. */
  void save() {
    session.ifPresent(ModelSession::save);
  }

  void close() {
    Optional<ModelSession<Trial>> closing = session;
    session = Optional.empty();
    try {
      closing.ifPresent(ModelSession::close);
    } catch (RuntimeException e) {
      log.warn("the model on trial cannot be closed", e);
    }
  }
}
