package dev.weir.scorer.topology;

import dev.weir.model.record.RejectReason;
import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.drift.DriftReport;
import java.util.Optional;

/** Hears what happens to records. Called on stream threads; implementations are thread-safe. */
public interface ScoringListener {
  /** Hears nothing. */
  ScoringListener SILENT =
      new ScoringListener() {
        @Override
        public void rejected(RejectReason reason) {}

        @Override
        public void tombstone() {}

        @Override
        public void fromFuture() {}

        @Override
        public void scored(Verdict verdict, long recordToScoreMillis) {}

        @Override
        public void alerted(Alert alert, RecordClock since) {}

        @Override
        public void suppressed(int alerts) {}

        @Override
        public void unwatched() {}

        @Override
        public void unpublished(Unpublished why) {}

        @Override
        public void flushed(int rows, long oldestWaitedNanos) {}

        @Override
        public void drift(Optional<DriftReport> report) {}

        @Override
        public void compared(Verdict live, Optional<Verdict> shadow) {}
      };

  /** A record could not be decoded or encoded. */
  void rejected(RejectReason reason);

  /** A record without a value came: its key is no more. */
  void tombstone();

  /** A record says that it is of a time too far ahead, and counts as one of now. */
  void fromFuture();

  /**
   * A record was scored, maybe while its key is still warming up.
   *
   * @param recordToScoreMillis from the record's timestamp to now; below 0 if clocks differ
   */
  void scored(Verdict verdict, long recordToScoreMillis);

  /**
   * An alert was published.
   *
   * @param since what the timestamps of its source topic say
   */
  void alerted(Alert alert, RecordClock since);

  /**
   * So many more incidents are open than before.
   *
   * @param kind {@link AlertKind#ANOMALY} of incidents, {@link AlertKind#SILENCE} of silent keys
   * @param change below 0 if there are fewer; those of a task come and go with it
   */
  default void open(AlertKind kind, int change) {}

  /** Alerts were held back, since a key had too many or was cooling down; mostly 0 of them. */
  void suppressed(int alerts);

  /** A record came of a key whose silence is not noticed, since there are too many keys. */
  void unwatched();

  /** Something that was to be published of a scored record was not. */
  void unpublished(Unpublished why);

  /** A micro-batch was scored. */
  void flushed(int rows, long oldestWaitedNanos);

  /**
   * All records of a window were compared with those that the model was trained on.
   *
   * @param report empty if there were too few, or if another instance looks from now on
   */
  void drift(Optional<DriftReport> report);

  /**
   * A record was scored by the live model, and maybe by the one on trial.
   *
   * @param shadow empty if that one could not score it, or is not there yet
   */
  void compared(Verdict live, Optional<Verdict> shadow);

  /** Hears for two. */
  static ScoringListener both(ScoringListener first, ScoringListener second) {
    return new BothListeners(first, second);
  }
}
