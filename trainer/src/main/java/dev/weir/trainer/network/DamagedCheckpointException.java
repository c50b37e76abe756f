package dev.weir.trainer.network;

import dev.weir.model.error.InvalidInputException;

/** What was kept of a training cannot be read, so that it cannot go on. */
public final class DamagedCheckpointException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  public DamagedCheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
