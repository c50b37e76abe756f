package dev.weir.trainer.config;

/** What a sequence autoencoder reads a window with. */
public enum SequenceKind {
  /** Long short-term memory (Hochreiter and Schmidhuber 1997). */
  LSTM("lstm-autoencoder"),
  /** Gated recurrent units (Cho et al. 2014). */
  GRU("gru-autoencoder"),
  /** Self-attention (Vaswani et al. 2017). */
  TRANSFORMER("transformer-autoencoder");

  private final String family;

  SequenceKind(String family) {
    this.family = family;
  }

  /** The family's name as it stands in config and manifest. */
  public String family() {
    return family;
  }
}
