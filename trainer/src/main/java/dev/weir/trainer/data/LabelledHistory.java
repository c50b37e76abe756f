package dev.weir.trainer.data;

/**
 * Rows of which somebody says whether they are anomalous.
 *
 * @param history the rows, oldest first
 * @param labels which of them are anomalous, {@code [n]}
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the evaluation, never changed
public record LabelledHistory(History history, boolean[] labels) {

  /** The labels of some samples' newest rows, {@code [samples.count()]}. */
  public boolean[] labels(Samples samples) {
    boolean[] picked = new boolean[samples.count()];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = labels[samples.row(i)];
    }
    return picked;
  }
}
