package dev.weir.scorer.console;

import dev.weir.model.bundle.Manifest;
import dev.weir.scorer.alert.ModelIdentity;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.config.AlertConfig;
import java.time.Instant;
import java.util.Optional;

/**
 * The model that a pipeline scores with, what its scores have been, and what became of bundles that
 * were put in its place.
 *
 * @param manifest of its bundle
 * @param identity with the threshold that is asked of it here
 * @param loadedAt since when it scores
 * @param swapped how many models took over since the start
 * @param refused how many bundles could not
 * @param refusal why the last one could not, if none took over since
 * @param scores of records of keys that are not warming up
 * @param cells of a self-organising map
 */
record LiveModel(
    Manifest manifest,
    ModelIdentity identity,
    Instant loadedAt,
    int swapped,
    int refused,
    Optional<Refusal> refusal,
    ScoreHistogram scores,
    Optional<CellHits> cells) {

  /** A bundle that is not used. */
  record Refusal(String reason, Instant at) {}

  static LiveModel first(Manifest manifest, AlertConfig alerts, Instant now) {
    return of(manifest, alerts, now, 0, 0);
  }

  LiveModel replacedBy(Manifest other, AlertConfig alerts, Instant now) {
    return of(other, alerts, now, swapped + 1, refused);
  }

  LiveModel refusing(String reason, Instant now) {
    return new LiveModel(
        manifest,
        identity,
        loadedAt,
        swapped,
        refused + 1,
        Optional.of(new Refusal(reason, now)),
        scores,
        cells);
  }

  private static LiveModel of(
      Manifest manifest, AlertConfig alerts, Instant now, int swapped, int refused) {
    ModelIdentity identity = VerdictMaker.model(manifest, alerts);
    return new LiveModel(
        manifest,
        identity,
        now,
        swapped,
        refused,
        Optional.empty(),
        new ScoreHistogram(manifest.calibration(), identity.threshold().score()),
        CellHits.of(manifest));
  }
}
