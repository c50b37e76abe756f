package dev.weir.trainer.review;

import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.export.OnnxModel;
import dev.weir.trainer.export.OnnxScores;

/**
 * What an exported graph makes of the three parts of a history.
 *
 * @param highest the training samples with the highest scores
 * @param quality how well the features of the validation part are given back
 * @param validationScores float64 {@code [validation.count()]}
 * @param calibrationScores float64 {@code [calibration.count()]}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on within the trainer, never changed
public record Examination(
    HighestRows highest,
    ReconstructionQuality quality,
    double[] validationScores,
    double[] calibrationScores) {
  private static final int HIGHEST = 12;
  private static final int PARTS = 3;

  /** Runs the graph over all three parts. */
  public static Examination of(OnnxModel model, TimeSplit split, FeatureSpec features) {
    HighestRows highest = new HighestRows(HIGHEST, PARTS);
    OnnxScores.each(model, split.training(), highest::add);
    ReconstructionQuality quality = new ReconstructionQuality(features);
    Samples validation = split.validation();
    double[] validationScores = new double[validation.count()];
    OnnxScores.each(
        model,
        validation,
        (first, scores, contributions, expected) -> {
          quality.add(validation, first, expected);
          for (int i = 0; i < scores.length; i++) {
            validationScores[first + i] = scores[i];
          }
        });
    return new Examination(
        highest, quality, validationScores, OnnxScores.of(model, split.calibration()));
  }
}
