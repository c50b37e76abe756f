package dev.weir.model.config;

import dev.weir.model.error.InvalidInputException;

/** Says which key of a config is wrong, why, and what would be right. */
public final class ConfigException extends InvalidInputException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 2000;
  private static final int TAIL = 500;

  public ConfigException(String message) {
    super(shortened(message));
  }

  public ConfigException(String message, Throwable cause) {
    super(shortened(message), cause);
  }

  /** A wrong value may be longer than anybody reads; what is wrong with it stands at the end. */
  private static String shortened(String message) {
    return message.length() <= LONGEST
        ? message
        : message.substring(0, LONGEST - TAIL)
            + " ... "
            + message.substring(message.length() - TAIL);
  }
}
