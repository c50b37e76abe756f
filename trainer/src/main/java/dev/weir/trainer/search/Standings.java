package dev.weir.trainer.search;

import dev.weir.model.bundle.CandidateState;
import dev.weir.model.bundle.CandidateSummary;
import dev.weir.trainer.network.CandidateReport;
import dev.weir.trainer.network.TrainingProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How far a search has come with each of its candidates; tells of every change. */
final class Standings {
  private static final int NONE = -1;

  private final TrainingProgress progress;
  private final List<CandidateReport> reports = new ArrayList<>();
  private int best = NONE;

  /** Begins with all candidates waiting. */
  Standings(List<String> names, TrainingProgress progress) {
    this.progress = progress;
    for (String name : names) {
      CandidateSummary waiting =
          new CandidateSummary(name, CandidateState.WAITING, null, false, null);
      reports.add(new CandidateReport(waiting, Duration.ZERO));
    }
  }

  boolean hasBest() {
    return best != NONE;
  }

  void fitting(int candidate) {
    set(candidate, CandidateState.FITTING, null, null, Duration.ZERO);
    tell();
  }

  /**
   * A candidate was judged.
   *
   * @return whether it is the best so far
   */
  boolean judged(int candidate, double value, Duration took) {
    boolean better = !hasBest() || value > reports.get(best).candidate().value();
    if (better) {
      int before = best;
      best = candidate;
      if (before != NONE) {
        CandidateReport beaten = reports.get(before);
        set(before, CandidateState.JUDGED, beaten.candidate().value(), null, beaten.took());
      }
    }
    set(candidate, CandidateState.JUDGED, value, null, took);
    tell();
    return better;
  }

  void failed(int candidate, String reason, Duration took) {
    set(candidate, CandidateState.FAILED, null, reason, took);
    tell();
  }

  void notTried(int candidate) {
    set(candidate, CandidateState.NOT_TRIED, null, null, Duration.ZERO);
    tell();
  }

  private void set(
      int candidate, CandidateState state, Double value, String reason, Duration took) {
    String name = reports.get(candidate).candidate().name();
    CandidateSummary summary = new CandidateSummary(name, state, value, candidate == best, reason);
    reports.set(candidate, new CandidateReport(summary, took));
  }

  private void tell() {
    progress.candidates(List.copyOf(reports));
  }

  /** All of them, in their order. */
  List<CandidateSummary> summaries() {
    return reports.stream().map(CandidateReport::candidate).toList();
  }

  /** Those of a state, in their order. */
  List<CandidateSummary> of(CandidateState state) {
    return summaries().stream().filter(candidate -> candidate.state() == state).toList();
  }
}
