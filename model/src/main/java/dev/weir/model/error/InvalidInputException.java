package dev.weir.model.error;

/**
 * Says that something the user gave cannot be used: a config, a file, a bundle, a command line.
 *
 * <p>The message speaks to the person who must act: what is wrong, where, and what to do. The
 * command line ends with exit code 2 and prints the message without a stack trace.
 */
public class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidInputException(String message) {
    super(message);
  }

  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
