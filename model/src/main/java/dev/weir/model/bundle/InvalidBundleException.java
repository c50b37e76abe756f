package dev.weir.model.bundle;

import dev.weir.model.error.InvalidInputException;
import java.nio.file.Path;

/** Says that a folder is not a bundle that can be used, and what about it is wrong. */
public final class InvalidBundleException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  public InvalidBundleException(Path bundle, String problem) {
    super("bundle " + bundle + ": " + problem);
  }

  public InvalidBundleException(Path bundle, String problem, Throwable cause) {
    super("bundle " + bundle + ": " + problem, cause);
  }
}
