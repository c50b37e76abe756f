package dev.weir.trainer.data;

/**
 * Rows of which somebody says whether they are anomalous, encoded by the features of a model.
 *
 * @param history the rows, oldest first
 * @param samples what the model sees of them; a row that is not the last of a whole window is
 *     without one
 * @param labels which of the samples are anomalous, by their newest rows, {@code [n]}
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the evaluation, never changed
public record LabelledHistory(History history, Samples samples, boolean[] labels) {

  /** How many samples are anomalous. */
  public int anomalies() {
    int anomalies = 0;
    for (boolean label : labels) {
      anomalies += label ? 1 : 0;
    }
    return anomalies;
  }
}
