package dev.weir.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a process says of itself, and what the images' health check makes of it. */
@Timeout(60)
class HealthFileTest {
  private static final Path SCRIPT =
      Path.of("..", "distribution", "bin", "healthcheck").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void shouldSayHowItIsUntilItIsClosed() throws Exception {
    // Given
    Path file = folder.resolve("health");
    AtomicReference<String> state = new AtomicReference<>("starting");
    Clock clock = Clock.fixed(Instant.ofEpochSecond(1_700), ZoneOffset.UTC);

    // When
    try (HealthFile health = HealthFile.begin(file, state::get, clock)) {
      await(file, "1700 starting\n");
      state.set("yes");

      // Then
      await(file, "1700 yes\n");
      assertThat(health).isNotNull();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldStopNothingWhereItCannotWrite() {
    try (HealthFile health =
        HealthFile.begin(folder.resolve("no/such/folder"), () -> "yes", Clock.systemUTC())) {
      assertThat(health).isNotNull();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "0, yes, 0, yes",
    "0, waiting for a model at /bundles/fleet, 0, waiting for a model at /bundles/fleet",
    "0, starting, 1, starting",
    "0, no, 1, no",
    "10, yes, 0, yes",
    "60, yes, 1, nothing was heard for 6"
  })
  void shouldBeUnderstoodByTheHealthCheck(int secondsAgo, String state, int exit, String said)
      throws Exception {
    Path file = folder.resolve("health");
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(secondsAgo).negated());
    try (HealthFile health = HealthFile.begin(file, () -> state, clock)) {
      await(file, " " + state + "\n");
      assertThat(health).isNotNull();

      assertThat(check(file)).startsWith(exit + " " + said);
    }
    assertThat(check(file)).startsWith("1 there is no " + file);
  }

  private static void await(Path file, String end) throws Exception {
    while (!Files.exists(file) || !Files.readString(file).endsWith(end)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** The exit code and what is printed. */
  private static String check(Path file) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", SCRIPT.toString()).redirectErrorStream(true);
    builder.environment().put("WEIR_HEALTH_FILE", file.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + said;
  }
}
