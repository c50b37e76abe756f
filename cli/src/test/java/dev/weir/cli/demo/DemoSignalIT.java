package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C at any moment of the demo: it ends soon, without a stack trace, and leaves nothing. */
class DemoSignalIT {
  @TempDir Path temporary;
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"Weir demo", "[1/5]", "[3/5]", "[5/5]"})
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void shouldEndCleanlyOnCtrlC(String moment) throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/bin/kill")) || Files.isExecutable(Path.of("/usr/bin/kill")),
        "skipped: no kill on this system");
    // Given a demo that has come so far
    File log = folder.resolve("demo.log").toFile();
    Process demo = start(log);
    try {
      while (!Files.readString(log.toPath()).contains(moment)) {
        assertThat(demo.isAlive()).as("the demo runs").isTrue();
        TimeUnit.MILLISECONDS.sleep(20);
      }

      // When
      new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor();

      // Then
      assertThat(demo.waitFor(40, TimeUnit.SECONDS)).as("it ended").isTrue();
    } finally {
      demo.destroyForcibly();
    }
    assertThat(Files.readString(log.toPath())).doesNotContain("\tat ", "should not happen");
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.startsWith("weir-"));
    }
  }

  private Process start(File log) throws Exception {
    assertThat(log.createNewFile()).isTrue();
    List<String> command = new ArrayList<>(hearingSignals());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            "dev.weir.cli.Weir",
            "demo",
            "--duration",
            "30s"));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }

  /**
   * What to put before a command so that it hears Ctrl-C: a shell has the programs that it runs in
   * the background ignore it, and what they start inherits that, these tests for one.
   */
  private static List<String> hearingSignals() throws Exception {
    List<String> env = List.of("env", "--default-signal=INT");
    List<String> tried = new ArrayList<>(env);
    tried.add("true");
    boolean isKnown = new ProcessBuilder(tried).start().waitFor() == 0;
    return isKnown ? env : List.of();
  }
}
