package dev.weir.model.error;

/**
 * Says that Weir could not do what was rightly asked of it, for a reason that it understands: a
 * broker that does not answer, a disk that is full, an export that does not reproduce the trainer.
 *
 * <p>The command line ends with exit code 1 and prints the message without a stack trace.
 */
public class OperationFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OperationFailedException(String message) {
    super(message);
  }

  public OperationFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
