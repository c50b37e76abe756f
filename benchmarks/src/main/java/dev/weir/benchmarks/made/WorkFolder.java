package dev.weir.benchmarks.made;

import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary folder that is gone afterwards. */
public final class WorkFolder implements AutoCloseable {
  private final Path path;

  public WorkFolder() {
    try {
      path = Files.createTempDirectory("weir-benchmark");
    } catch (IOException e) {
      throw new OperationFailedException("cannot create a temporary folder: " + e, e);
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
