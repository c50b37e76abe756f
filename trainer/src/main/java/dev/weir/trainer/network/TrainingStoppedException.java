package dev.weir.trainer.network;

import dev.weir.model.error.OperationFailedException;

/** A training was asked to stop before its end; what it needs to go on is in a checkpoint. */
public final class TrainingStoppedException extends OperationFailedException {
  private static final long serialVersionUID = 1L;

  public TrainingStoppedException(String message) {
    super(message);
  }
}
