package dev.weir.trainer.review;

import dev.weir.trainer.calibration.ThresholdChooser;
import dev.weir.trainer.data.LabelledHistory;
import dev.weir.trainer.export.OnnxModel;
import dev.weir.trainer.export.OnnxScores;

/**
 * A model's scores of labelled rows.
 *
 * @param file what was scored
 * @param scores of its samples, float64 {@code [n]}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on within the trainer, never changed
public record ScoredFile(LabelledHistory file, double[] scores) {

  /** Scores a file's samples. */
  public static ScoredFile of(OnnxModel model, LabelledHistory file) {
    return new ScoredFile(file, OnnxScores.of(model, file.samples()));
  }

  /** What a threshold is chosen by. */
  public ThresholdChooser.Labelled forThreshold() {
    return new ThresholdChooser.Labelled(scores, file.labels());
  }
}
