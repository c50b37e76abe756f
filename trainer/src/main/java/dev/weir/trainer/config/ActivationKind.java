package dev.weir.trainer.config;

/** The non-linearity between two layers. */
public enum ActivationKind {
  RELU,
  TANH,
  GELU
}
