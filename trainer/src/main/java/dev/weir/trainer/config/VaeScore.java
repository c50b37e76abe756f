package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What of a variational autoencoder says how anomalous a sample is. */
public enum VaeScore {
  /** The squared error of what the decoder makes of the posterior's mean. */
  @JsonProperty("reconstruction")
  RECONSTRUCTION,

  /** The negative evidence lower bound: that error as a likelihood, and the divergence. */
  @JsonProperty("elbo")
  ELBO,

  /**
   * The negative log-likelihood under the distributions that the decoder makes of samples of the
   * posterior (An and Cho 2015); the decoder gives means and variances.
   */
  @JsonProperty("reconstructionProbability")
  RECONSTRUCTION_PROBABILITY
}
