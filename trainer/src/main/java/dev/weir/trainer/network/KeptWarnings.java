package dev.weir.trainer.network;

import java.util.ArrayList;
import java.util.List;

/** Passes all that it hears on, and keeps the warnings for the report. */
public final class KeptWarnings implements TrainingProgress {
  private final TrainingProgress progress;
  private final List<String> warnings = new ArrayList<>();

  public KeptWarnings(TrainingProgress progress) {
    this.progress = progress;
  }

  /** The warnings so far, in their order. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void step(String what) {
    progress.step(what);
  }

  @Override
  public void reading(long rows) {
    progress.reading(rows);
  }

  @Override
  public void batch(int epoch, int ofEpochs, long rowsDone, long rows) {
    progress.batch(epoch, ofEpochs, rowsDone, rows);
  }

  @Override
  public void epoch(EpochReport report) {
    progress.epoch(report);
  }

  @Override
  public void candidates(List<CandidateReport> candidates) {
    progress.candidates(candidates);
  }

  @Override
  public void warning(String message) {
    warnings.add(message);
    progress.warning(message);
  }
}
