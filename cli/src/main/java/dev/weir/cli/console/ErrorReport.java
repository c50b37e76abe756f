package dev.weir.cli.console;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.registry.SchemaRegistryException;
import java.io.PrintWriter;
import org.apache.kafka.common.config.ConfigException;

/** Says what went wrong to the person who typed the command. */
public final class ErrorReport {
  /** Weir failed at something that was rightly asked of it. */
  public static final int FAILED = 1;

  /** The user has to change something. */
  public static final int INVALID_INPUT = 2;

  private ErrorReport() {}

  /**
   * Prints an error.
   *
   * @param verbose whether to print its stack trace, too
   * @return the exit code
   */
  public static int print(Throwable e, boolean verbose, PrintWriter err) {
    if (e instanceof InvalidInputException) {
      err.println("weir: " + e.getMessage());
    } else if (e instanceof ConfigException) {
      err.println("weir: a Kafka or registry setting is wrong: " + e.getMessage());
    } else if (e instanceof OperationFailedException || e instanceof SchemaRegistryException) {
      err.println("weir: " + e.getMessage());
    } else {
      err.println(
          "weir: an error that should not happen: "
              + e
              + (verbose ? "" : "; run it again with --verbose, and report what it prints"));
    }
    if (verbose) {
      e.printStackTrace(err);
    }
    err.flush();
    return e instanceof InvalidInputException || e instanceof ConfigException
        ? INVALID_INPUT
        : FAILED;
  }
}
