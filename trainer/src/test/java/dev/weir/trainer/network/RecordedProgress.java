package dev.weir.trainer.network;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a training says of itself; for tests. */
public class RecordedProgress implements TrainingProgress {
  private final List<String> steps = new ArrayList<>();
  private final List<String> batches = new ArrayList<>();
  private final List<EpochReport> epochs = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<List<CandidateReport>> candidates = new ArrayList<>();

  @Override
  public void step(String what) {
    steps.add(what);
  }

  @Override
  public void reading(long rows) {}

  @Override
  public void batch(int epoch, int ofEpochs, long rowsDone, long rows) {
    batches.add(epoch + "/" + ofEpochs + " " + rowsDone + "/" + rows);
  }

  @Override
  public void epoch(EpochReport report) {
    epochs.add(report);
  }

  @Override
  public void candidates(List<CandidateReport> all) {
    candidates.add(all);
  }

  @Override
  public void warning(String message) {
    warnings.add(message);
  }

  public List<String> steps() {
    return List.copyOf(steps);
  }

  public List<String> batches() {
    return List.copyOf(batches);
  }

  public List<EpochReport> epochs() {
    return List.copyOf(epochs);
  }

  /** The candidates of a search, after each change. */
  public List<List<CandidateReport>> candidates() {
    return List.copyOf(candidates);
  }

  public List<String> warnings() {
    return List.copyOf(warnings);
  }
}
