package dev.weir.trainer.network;

import dev.weir.model.bundle.CandidateSummary;
import java.time.Duration;

/**
 * How far a search has come with one candidate.
 *
 * @param candidate what became of it so far
 * @param took how long its fitting took; zero unless it has ended
 */
public record CandidateReport(CandidateSummary candidate, Duration took) {}
