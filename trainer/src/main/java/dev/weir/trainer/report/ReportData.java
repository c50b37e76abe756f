package dev.weir.trainer.report;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.bundle.NotableRow;
import dev.weir.model.bundle.TrainingSummary;
import dev.weir.trainer.evaluation.PrecisionRecallCurve;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.review.LatentMap;
import java.util.List;
import java.util.Optional;

/**
 * All that a report is made of.
 *
 * @param manifest of the bundle, with its training summary
 * @param epochs what each brought; empty for a family that has none
 * @param calibrationScores that the calibration was fitted on, float64
 * @param latent where samples are in the latent space; empty for a model without one
 * @param curve precision and recall on a labelled file; empty if there was none
 * @param trimmed the highest-scoring ones of the rows that were left out, highest first
 * @param own what the model's family alone has to show
 */
@SuppressWarnings("ArrayRecordComponent") // drawn once and thrown away
public record ReportData(
    Manifest manifest,
    List<EpochReport> epochs,
    double[] calibrationScores,
    Optional<LatentMap> latent,
    Optional<PrecisionRecallCurve> curve,
    List<NotableRow> trimmed,
    List<ReportSection> own) {

  public ReportData {
    if (manifest.training() == null) {
      throw new IllegalArgumentException("the manifest has no training summary");
    }
    epochs = List.copyOf(epochs);
    trimmed = List.copyOf(trimmed);
    own = List.copyOf(own);
  }

  TrainingSummary training() {
    return manifest.training();
  }
}
