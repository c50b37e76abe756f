package dev.weir.benchmarks.command;

import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a benchmark leaves its figures. */
final class JsonFile {
  private JsonFile() {}

  static void write(Path file, String json) {
    try {
      Files.writeString(file, json);
    } catch (IOException e) {
      throw new OperationFailedException("cannot write " + file + ": " + e, e);
    }
  }
}
