package dev.weir.trainer.config;

/** The non-linearity between two layers. */
public enum ActivationKind {
  RELU,
  TANH,
  GELU,
  SIGMOID,
  /** None: an autoencoder without any learns what principal components are. */
  LINEAR
}
