package dev.weir.model.config;

import dev.weir.model.error.InvalidInputException;

/** Says which key of a config is wrong, why, and what would be right. */
public final class ConfigException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
