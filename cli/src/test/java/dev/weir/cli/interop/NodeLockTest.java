package dev.weir.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The lock file says what to install, down to its checksum, and nothing of where it was got. */
class NodeLockTest {
  private static final Path LOCK = NodeProject.SOURCE.resolve("package-lock.json");

  @Test
  void shouldHoldNoAddresses() throws Exception {
    String text = Files.readString(LOCK);

    assertThat(text)
        .as("%s; `npm run lock` writes it as it should be", LOCK)
        .doesNotContain("\"resolved\"", "://", "localhost")
        .doesNotContainPattern("\\d+\\.\\d+\\.\\d+\\.\\d+");
  }

  @Test
  void shouldHoldChecksums() throws Exception {
    JsonNode packages = new ObjectMapper().readTree(Files.readString(LOCK)).path("packages");

    assertThat(packages.size()).isGreaterThan(5);
    packages
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().isEmpty()) {
                assertThat(entry.getValue().path("integrity").asText())
                    .as(entry.getKey())
                    .startsWith("sha512-");
              }
            });
  }
}
