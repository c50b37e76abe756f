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

/**
 * scikit-learn's {@code MLPRegressor} in a Python process of its own. Not thread-safe.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/neural_networks_supervised.html">its
 *     guide</a>
 */
final class ScikitLearn {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCRIPT = "mlp_speed.py";
  private static final String PROBE = "import sklearn, threadpoolctl";

  private final String python;
  private final Path folder;

  private ScikitLearn(String python, Path folder) {
    this.python = python;
    this.folder = folder;
  }

  /**
   * One training.
   *
   * @param version scikit-learn's
   * @param blas what does the matrix products
   * @param epochs that were run
   * @param seconds for all epochs
   */
  record Training(String version, String blas, int epochs, double seconds) {}

  /**
   * Finds a Python with scikit-learn.
   *
   * @param candidates names or paths of interpreters, the first one that will do is taken
   * @param folder where the script is put
   * @throws InvalidInputException if none has it
   */
  static ScikitLearn find(List<String> candidates, Path folder) {
    for (String python : candidates) {
      if (canImport(python, folder)) {
        return new ScikitLearn(python, folder);
      }
    }
    throw new InvalidInputException(
        "there is no Python with scikit-learn (tried "
            + String.join(", ", candidates)
            + "); install it (Debian: apt-get install python3-sklearn libopenblas0-pthread;"
            + " elsewhere: pip install scikit-learn), or name the interpreter with --python");
  }

  private static boolean canImport(String python, Path folder) {
    Path output = folder.resolve("probe.txt");
    try {
      return start(List.of(python, "-c", PROBE), output).waitFor() == 0;
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
   */
  Training train(TrainingShape shape, Path rows) {
    Path script = script();
    Path output = folder.resolve("scikit-learn.json");
    List<String> command = new ArrayList<>(List.of(python, script.toString(), rows.toString()));
    command.add(String.valueOf(shape.features()));
    command.add(
        shape.hiddenLayers().stream().map(String::valueOf).collect(Collectors.joining(",")));
    command.add(shape.autoencoder().activation().name().toLowerCase(Locale.ROOT));
    command.add(String.valueOf(shape.batchSize()));
    command.add(String.valueOf(shape.epochs()));
    command.add(String.valueOf(shape.learningRate()));
    try {
      int exit = start(command, output).waitFor();
      String printed = Files.readString(output);
      if (exit != 0) {
        throw new OperationFailedException(
            "scikit-learn ended with exit code " + exit + ": " + printed.strip());
      }
      JsonNode json = JSON.readTree(printed);
      return new Training(
          json.path("version").asText(),
          json.path("blas").asText(),
          json.path("epochs").asInt(),
          json.path("seconds").asDouble());
    } catch (IOException e) {
      throw new OperationFailedException("scikit-learn cannot be run: " + e, e);
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
    Path file = folder.resolve(SCRIPT);
    try (InputStream script = ScikitLearn.class.getResourceAsStream(SCRIPT)) {
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
