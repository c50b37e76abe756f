package dev.weir.scorer.console;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.record.RejectReason;
import dev.weir.schemas.Alert;
import dev.weir.schemas.Severity;
import dev.weir.scorer.alert.Agreement;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.drift.DriftReport;
import dev.weir.scorer.inference.ModelWatcher;
import dev.weir.scorer.topology.RecordClock;
import dev.weir.scorer.topology.ScoringListener;
import dev.weir.scorer.topology.Unpublished;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Watches one pipeline for the console: counts its records, keeps its alerts, and knows its model.
 * Heard on stream threads, which it never holds up. Thread-safe.
 */
public final class PipelineMonitor implements ScoringListener, ModelWatcher.Listener {
  private final PipelineConfig config;
  private final Clock clock;
  private final AlertRing ring;
  private final LongAdder scored = new LongAdder();
  private final LongAdder warmingUp = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder tombstones = new LongAdder();
  private final LongAdder suppressed = new LongAdder();
  private final LongAdder waitedMillis = new LongAdder();
  private final Map<Severity, LongAdder> alerts = new EnumMap<>(Severity.class);
  private volatile LiveModel model;
  private volatile Optional<DriftReport> drift = Optional.empty();
  private volatile Optional<Trial> trial = Optional.empty();
  private volatile long lastRecord;

  PipelineMonitor(PipelineConfig config, Manifest manifest, AlertRing ring, Clock clock) {
    this.config = config;
    this.ring = ring;
    this.clock = clock;
    for (Severity severity : Severity.values()) {
      alerts.put(severity, new LongAdder());
    }
    model = LiveModel.first(manifest, config.alerts(), clock.instant());
  }

  PipelineConfig config() {
    return config;
  }

  LiveModel model() {
    return model;
  }

  /** How far records are from the training; empty if this instance cannot tell, or not yet. */
  Optional<DriftReport> drift() {
    return drift;
  }

  /** How the model on trial does; empty as long as there is none. */
  Optional<Trial> trial() {
    return trial;
  }

  /** Another model is on trial from now on. */
  public synchronized void onTrial(Manifest manifest) {
    trial = Optional.of(new Trial(manifest));
  }

  /** What has been counted since the start, by this instance. */
  Totals totals() {
    Map<Severity, Long> bySeverity = new EnumMap<>(Severity.class);
    alerts.forEach((severity, count) -> bySeverity.put(severity, count.sum()));
    return new Totals(
        scored.sum(),
        warmingUp.sum(),
        rejected.sum(),
        tombstones.sum(),
        suppressed.sum(),
        waitedMillis.sum(),
        bySeverity,
        lastRecord);
  }

  /**
   * Counts since the start.
   *
   * @param waitedMillis from records' timestamps to their scores, all together
   * @param lastRecord when the last one was scored or rejected; 0 if none was
   */
  record Totals(
      long scored,
      long warmingUp,
      long rejected,
      long tombstones,
      long suppressed,
      long waitedMillis,
      Map<Severity, Long> alerts,
      long lastRecord) {}

  @Override
  public void rejected(RejectReason reason) {
    rejected.increment();
    lastRecord = clock.millis();
  }

  @Override
  public void tombstone() {
    tombstones.increment();
    lastRecord = clock.millis();
  }

  @Override
  public void fromFuture() {}

  @Override
  public void scored(Verdict verdict, long recordToScoreMillis) {
    scored.increment();
    waitedMillis.add(Math.max(0, recordToScoreMillis));
    LiveModel now = model;
    if (verdict.warmingUp()) {
      warmingUp.increment();
    } else {
      now.scores().record(verdict.score());
    }
    if (verdict.cell().isPresent()) {
      now.cells().ifPresent(cells -> cells.record(verdict.cell().getAsInt()));
    }
  }

  @Override
  public void alerted(Alert alert, RecordClock since) {
    alerts.get(alert.getSeverity()).increment();
    ring.add(KeptAlert.of(alert));
  }

  @Override
  public void suppressed(int count) {
    suppressed.add(count);
  }

  @Override
  public void unwatched() {}

  @Override
  public void unpublished(Unpublished why) {
    // Counted in the metrics.
  }

  @Override
  public void drift(Optional<DriftReport> report) {
    drift = report;
  }

  @Override
  public void compared(Verdict live, Optional<Verdict> shadow) {
    Optional<Trial> now = trial;
    if (now.isPresent()) {
      Agreement.of(live, shadow).ifPresent(now.get()::add);
    }
  }

  @Override
  public void flushed(int rows, long oldestWaitedNanos) {
    lastRecord = clock.millis();
  }

  @Override
  public synchronized void swapped(Manifest manifest) {
    model = model.replacedBy(manifest, config.alerts(), clock.instant());
    trial = trial.map(Trial::anew);
  }

  @Override
  public synchronized void refused(String reason) {
    model = model.refusing(reason, clock.instant());
  }
}
