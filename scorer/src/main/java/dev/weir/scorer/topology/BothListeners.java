package dev.weir.scorer.topology;

import dev.weir.model.record.RejectReason;
import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.drift.DriftReport;
import java.util.Optional;

/** Tells two listeners. */
record BothListeners(ScoringListener first, ScoringListener second) implements ScoringListener {

  @Override
  public void rejected(RejectReason reason) {
    first.rejected(reason);
    second.rejected(reason);
  }

  @Override
  public void tombstone() {
    first.tombstone();
    second.tombstone();
  }

  @Override
  public void fromFuture() {
    first.fromFuture();
    second.fromFuture();
  }

  @Override
  public void scored(Verdict verdict, long recordToScoreMillis) {
    first.scored(verdict, recordToScoreMillis);
    second.scored(verdict, recordToScoreMillis);
  }

  @Override
  public void alerted(Alert alert, RecordClock since) {
    first.alerted(alert, since);
    second.alerted(alert, since);
  }

  @Override
  public void open(AlertKind kind, int change) {
    first.open(kind, change);
    second.open(kind, change);
  }

  @Override
  public void suppressed(int alerts) {
    first.suppressed(alerts);
    second.suppressed(alerts);
  }

  @Override
  public void unwatched() {
    first.unwatched();
    second.unwatched();
  }

  @Override
  public void unpublished(Unpublished why) {
    first.unpublished(why);
    second.unpublished(why);
  }

  @Override
  public void drift(Optional<DriftReport> report) {
    first.drift(report);
    second.drift(report);
  }

  @Override
  public void compared(Verdict live, Optional<Verdict> shadow) {
    first.compared(live, shadow);
    second.compared(live, shadow);
  }

  @Override
  public void flushed(int rows, long oldestWaitedNanos) {
    first.flushed(rows, oldestWaitedNanos);
    second.flushed(rows, oldestWaitedNanos);
  }
}
