package dev.weir.benchmarks.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Trains with a {@link PythonLibrary}, in a Python process of its own. Not thread-safe. */
final class PythonTrainer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PythonLibrary library;
  private final String python;
  private final Path folder;

  private PythonTrainer(PythonLibrary library, String python, Path folder) {
    this.library = library;
    this.python = python;
    this.folder = folder;
  }

  /**
   * One training.
   *
   * @param version the library's
   * @param engine what does the matrix products, or on how many threads
   * @param epochs that were run
   * @param seconds for all epochs
   */
  record Training(String version, String engine, int epochs, double seconds) {}

  /**
   * Finds a Python with a library.
   *
   * @param candidates names or paths of interpreters, the first one that will do is taken
   * @param folder where the script is put
   * @throws InvalidInputException if none has it
   */
  static PythonTrainer find(PythonLibrary library, List<String> candidates, Path folder) {
    for (String python : candidates) {
      if (canImport(library, python, folder)) {
        return new PythonTrainer(library, python, folder);
      }
    }
    throw new InvalidInputException(
        "there is no Python with %s (tried %s); install it (%s), or name the interpreter with --python"
            .formatted(library.title(), String.join(", ", candidates), library.installation()));
  }

  PythonLibrary library() {
    return library;
  }

  private static boolean canImport(PythonLibrary library, String python, Path folder) {
    Path output = folder.resolve("probe.txt");
    try {
      return start(List.of(python, "-c", library.probe()), output).waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Trains once.
   *
   * @param rows a file of little-endian float32 values
   * @param threads how many its libraries may use; 0 for as many as they take by themselves
   */
  Training train(TrainingShape shape, Path rows, int threads) {
    Path script = script();
    Path output = folder.resolve(library.script() + ".json");
    List<String> command = new ArrayList<>(List.of(python, script.toString(), rows.toString()));
    command.add(String.valueOf(shape.features()));
    command.add(
        shape.hiddenLayers().stream().map(String::valueOf).collect(Collectors.joining(",")));
    command.add(shape.autoencoder().activation().name().toLowerCase(Locale.ROOT));
    command.add(String.valueOf(shape.batchSize()));
    command.add(String.valueOf(shape.epochs()));
    command.add(String.valueOf(shape.learningRate()));
    command.add(String.valueOf(threads));
    try {
      int exit = start(command, output).waitFor();
      String printed = Files.readString(output);
      if (exit != 0) {
        throw new OperationFailedException(
            library.title() + " ended with exit code " + exit + ": " + printed.strip());
      }
      JsonNode json = JSON.readTree(printed);
      return new Training(
          json.path("version").asText(),
          json.path("engine").asText(),
          json.path("epochs").asInt(),
          json.path("seconds").asDouble());
    } catch (IOException e) {
      throw new OperationFailedException(library.title() + " cannot be run: " + e, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static Process start(List<String> command, Path output) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private Path script() {
    Path file = folder.resolve(library.script());
    try (InputStream script = PythonTrainer.class.getResourceAsStream(library.script())) {
      if (!Files.exists(file)) {
        Files.copy(script, file);
      }
      return file;
    } catch (IOException e) {
      throw new OperationFailedException("cannot write " + file + ": " + e, e);
    }
  }

  private static OperationFailedException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new OperationFailedException("interrupted while Python ran", e);
  }
}
