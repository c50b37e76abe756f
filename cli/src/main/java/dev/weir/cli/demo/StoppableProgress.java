package dev.weir.cli.demo;

import dev.weir.trainer.network.CandidateReport;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.TrainingProgress;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Passes on how a training goes, and ends it with a {@link StoppedException} if asked to. */
final class StoppableProgress implements TrainingProgress {
  private final TrainingProgress progress;
  private final BooleanSupplier stopped;

  StoppableProgress(TrainingProgress progress, BooleanSupplier stopped) {
    this.progress = progress;
    this.stopped = stopped;
  }

  /** Says that the user no longer wants to go on. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StoppedException() {
      super("stopped", null, false, false);
    }
  }

  private void check() {
    if (stopped.getAsBoolean()) {
      throw new StoppedException();
    }
  }

  @Override
  public void step(String what) {
    check();
    progress.step(what);
  }

  @Override
  public void reading(long rows) {
    check();
    progress.reading(rows);
  }

  @Override
  public void batch(int epoch, int ofEpochs, long rowsDone, long rows) {
    check();
    progress.batch(epoch, ofEpochs, rowsDone, rows);
  }

  @Override
  public void epoch(EpochReport report) {
    progress.epoch(report);
  }

  @Override
  public void candidates(List<CandidateReport> candidates) {
    check();
    progress.candidates(candidates);
  }

  @Override
  public void warning(String message) {
    progress.warning(message);
  }
}
