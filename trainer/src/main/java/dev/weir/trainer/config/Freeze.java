package dev.weir.trainer.config;

/** What of a network stays as it is when it is fine-tuned. */
public enum Freeze {
  /** All of it is trained. */
  NONE,
  /** All up to the code; only the decoder is trained. */
  ENCODER
}
