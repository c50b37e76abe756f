package dev.weir.cli.replay;

import dev.weir.model.record.RejectReason;
import dev.weir.schemas.Alert;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.drift.DriftReport;
import dev.weir.scorer.topology.RecordClock;
import dev.weir.scorer.topology.ScoringListener;
import dev.weir.scorer.topology.Unpublished;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Counts what becomes of the records of a replay. For one thread. */
final class ReplayTally implements ScoringListener {
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
  private long scored;
  private long anomalous;
  private long warmingUp;
  private long tombstones;
  private long suppressed;

  long scored() {
    return scored;
  }

  long anomalous() {
    return anomalous;
  }

  long warmingUp() {
    return warmingUp;
  }

  long tombstones() {
    return tombstones;
  }

  long suppressedAlerts() {
    return suppressed;
  }

  Map<RejectReason, Long> rejectedByReason() {
    return rejected;
  }

  @Override
  public void rejected(RejectReason reason) {
    rejected.merge(reason, 1L, Long::sum);
  }

  @Override
  public void tombstone() {
    tombstones++;
  }

  @Override
  public void fromFuture() {}

  @Override
  public void scored(Verdict verdict, long recordToScoreMillis) {
    scored++;
    anomalous += verdict.anomalous() ? 1 : 0;
    warmingUp += verdict.warmingUp() ? 1 : 0;
  }

  @Override
  public void alerted(Alert alert, RecordClock since) {}

  @Override
  public void suppressed(int alerts) {
    suppressed += alerts;
  }

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
}
