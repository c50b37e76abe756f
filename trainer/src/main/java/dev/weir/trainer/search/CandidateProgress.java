package dev.weir.trainer.search;

import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.TrainingProgress;
import java.util.ArrayList;
import java.util.List;

/**
 * What is heard of a candidate while a search goes on: that it is being trained, and no more. Its
 * warnings are kept back, since they are news only if it is chosen.
 */
final class CandidateProgress implements TrainingProgress {
  private final TrainingProgress progress;
  private final List<String> warnings = new ArrayList<>();

  CandidateProgress(TrainingProgress progress) {
    this.progress = progress;
  }

  /** The warnings, in their order. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void step(String what) {}

  @Override
  public void reading(long rows) {}

  @Override
  public void batch(int epoch, int ofEpochs, long rowsDone, long rows) {
    progress.batch(epoch, ofEpochs, rowsDone, rows);
  }

  @Override
  public void epoch(EpochReport report) {}

  @Override
  public void warning(String message) {
    warnings.add(message);
  }
}
