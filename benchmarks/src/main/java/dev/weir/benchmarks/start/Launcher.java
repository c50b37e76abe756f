package dev.weir.benchmarks.start;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code bin/weir}, which a user starts Weir with: the shell script's own time is a part of the
 * start.
 */
final class Launcher {
  private final Path script;

  /**
   * Looks whether it can be started.
   *
   * @throws InvalidInputException if there is no such script
   */
  Launcher(Path script) {
    if (!Files.isExecutable(script)) {
      throw new InvalidInputException(
          "there is no launcher " + script + " that can be run; name bin/weir with --launcher");
    }
    this.script = script;
  }

  /** Builds what has to be built, and makes the archive of classes, so that no start is charged. */
  void prepare() throws InterruptedException {
    try {
      int exit = builder(true, "--version").inheritIO().start().waitFor();
      if (exit != 0) {
        throw new OperationFailedException(
            script + " --version ended with exit code " + exit + "; what it said is above");
      }
    } catch (IOException e) {
      throw cannotStart(e);
    }
  }

  /**
   * Starts Weir; its standard error is printed on this process's.
   *
   * @param shared whether with class-data sharing
   */
  Process start(boolean shared, String... arguments) {
    try {
      return builder(shared, arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw cannotStart(e);
    }
  }

  private ProcessBuilder builder(boolean shared, String... arguments) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("WEIR_CDS", shared ? "1" : "0");
    return builder;
  }

  private OperationFailedException cannotStart(IOException e) {
    return new OperationFailedException("cannot start " + script + ": " + e, e);
  }
}
