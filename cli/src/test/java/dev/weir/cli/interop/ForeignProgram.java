package dev.weir.cli.interop;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A program that a test needs, and that Weir does not.
 *
 * <p>Where it is not installed, the test is skipped, and says what to install; with {@code
 * WEIR_REQUIRE_INTEROP=1} in the environment it fails.
 */
final class ForeignProgram {
  private final Path path;

  private ForeignProgram(Path path) {
    this.path = path;
  }

  /** Finds a program on the {@code PATH}; ends the test if it is not there. */
  static ForeignProgram require(String name, String remedy) {
    Optional<Path> path =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    return new ForeignProgram(
        path.orElseThrow(() -> missing("there is no " + name + "; " + remedy)));
  }

  /** Ends the test because something is not installed: skipped, or failed where it must not be. */
  static AssertionError missing(String what) {
    if ("1".equals(System.getenv("WEIR_REQUIRE_INTEROP"))) {
      return fail(what + " (WEIR_REQUIRE_INTEROP is 1, so this is no reason to skip the test)");
    }
    Assumptions.abort("skipped: " + what);
    throw new AssertionError("not reached");
  }

  /** Runs it without input. */
  byte[] run(Path folder, Duration limit, List<String> arguments) throws Exception {
    return run(folder, limit, arguments, "");
  }

  /**
   * Runs it and returns what it wrote to its standard output.
   *
   * @throws AssertionError if it ends with another code than 0, or not within the time
   */
  byte[] run(Path folder, Duration limit, List<String> arguments, String input) throws Exception {
    List<String> command = new ArrayList<>(List.of(path.toString()));
    command.addAll(arguments);
    Path in = Files.createTempFile("weir-interop", ".in");
    Path out = Files.createTempFile("weir-interop", ".out");
    Path err = Files.createTempFile("weir-interop", ".err");
    try {
      Files.writeString(in, input);
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      try {
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended || process.exitValue() != 0) {
          throw new AssertionError(
              "%s %s; it wrote:%n%s%n%s"
                  .formatted(
                      String.join(" ", command),
                      ended
                          ? "ended with code " + process.exitValue()
                          : "did not end in " + limit.toSeconds() + " s",
                      text(out),
                      text(err)));
        }
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      return Files.readAllBytes(out);
    } finally {
      for (Path file : List.of(in, out, err)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
