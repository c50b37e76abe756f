package dev.weir.trainer.network;

import java.util.List;

/**
 * Where a training is, so that it can go on as if it had not been interrupted.
 *
 * @param finished whether it is at its end; then {@code current} is {@code best}
 * @param epoch the one that is under way, or comes next, from 1
 * @param batch how many of its batches are done
 * @param lossSum the sum of those batches' losses
 * @param bestLoss the lowest validation loss so far
 * @param sinceBest how many epochs there were since
 * @param reports what each epoch brought, in order
 * @param current the network as it is
 * @param best the network as it was at the lowest validation loss
 */
public record TrainingState(
    boolean finished,
    int epoch,
    int batch,
    double lossSum,
    double bestLoss,
    int sinceBest,
    List<EpochReport> reports,
    NetworkState current,
    NetworkState best) {
  public TrainingState {
    reports = List.copyOf(reports);
  }
}
