package dev.weir.trainer.network;

import dev.weir.model.error.OperationFailedException;

/** What a training keeps could not be written, read or deleted: the disk is full, for example. */
public final class CheckpointFailedException extends OperationFailedException {
  private static final long serialVersionUID = 1L;

  public CheckpointFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
