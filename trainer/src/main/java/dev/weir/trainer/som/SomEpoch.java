package dev.weir.trainer.som;

/** One way of training: what happens to a codebook in an epoch. */
interface SomEpoch {

  /**
   * Goes over all training samples once.
   *
   * @param epoch from 0
   * @return the training samples' quantisation error, each against the weights that it met
   */
  double run(Codebook codebook, SomSamples samples, int epoch);
}
