package dev.weir.trainer.network;

import java.time.Duration;

/**
 * What one pass over the training rows brought.
 *
 * @param epoch from 1
 * @param ofEpochs how many there are at most
 * @param loss what was made small over the training rows, for each value: the mean squared error in
 *     standard deviations and what a regularisation adds, or a family's own loss
 * @param validationLoss over the validation rows, the same but for noise and what a regularisation
 *     adds
 * @param best whether the validation loss is the lowest so far
 * @param rows how many rows were trained on in this epoch
 * @param took how long it took
 */
public record EpochReport(
    int epoch,
    int ofEpochs,
    double loss,
    double validationLoss,
    boolean best,
    long rows,
    Duration took) {

  public double rowsPerSecond() {
    return rows / Math.max(1e-9, took.toNanos() / 1e9);
  }
}
