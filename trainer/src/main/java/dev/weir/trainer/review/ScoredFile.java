package dev.weir.trainer.review;

import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.calibration.ThresholdChooser;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.LabelledHistory;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.export.OnnxModel;
import dev.weir.trainer.export.OnnxScores;

/**
 * A model's scores of labelled rows.
 *
 * @param history the rows
 * @param samples what was scored
 * @param scores float64 {@code [n]}
 * @param labels which samples' newest rows are anomalous, {@code [n]}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on within the trainer, never changed
public record ScoredFile(History history, Samples samples, double[] scores, boolean[] labels) {

  /**
   * Scores a file.
   *
   * @throws InvalidInputException if it has fewer rows than the model's window
   */
  public static ScoredFile of(OnnxModel model, int window, LabelledHistory file) {
    Samples samples = file.history().samples(window);
    if (samples.count() == 0) {
      throw new InvalidInputException(
          file.history().origin()
              + " has "
              + file.history().rows().count()
              + " usable rows, and a window of the model has "
              + window
              + "; give longer files under labelled.files");
    }
    return new ScoredFile(
        file.history(), samples, OnnxScores.of(model, samples), file.labels(samples));
  }

  /** What a threshold is chosen by. */
  public ThresholdChooser.Labelled forThreshold() {
    return new ThresholdChooser.Labelled(scores, labels);
  }
}
