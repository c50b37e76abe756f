package dev.weir.benchmarks.command;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a benchmark leaves its figures. */
final class JsonFile {
  private JsonFile() {}

  /**
   * Looks before a long measurement whether its figures can be left there.
   *
   * @throws InvalidInputException if they cannot
   */
  static void check(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new InvalidInputException("--json " + file + " is a folder; name a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "--json " + file + ": there is no folder " + folder + "; create it first");
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new InvalidInputException("--json " + file + " cannot be written; name another file");
    }
  }

  static void write(Path file, String json) {
    try {
      Files.writeString(file, json);
    } catch (IOException e) {
      throw new OperationFailedException("cannot write " + file + ": " + e, e);
    }
  }
}
