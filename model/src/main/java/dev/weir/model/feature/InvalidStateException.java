package dev.weir.model.feature;

/**
 * Says that bytes are not an {@link EncoderState} of this encoder, and why.
 *
 * <p>Whoever reads it has a new model, or a store that was damaged; the key's state begins anew.
 */
public final class InvalidStateException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidStateException(String problem) {
    super("the state of a key cannot be used: " + problem);
  }
}
