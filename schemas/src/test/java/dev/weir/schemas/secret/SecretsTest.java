package dev.weir.schemas.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
  /** One that every process has. */
  private static final String VARIABLE = "PATH";

  @TempDir private Path folder;

  @Test
  void shouldLookUpWhatIsReferredTo() throws IOException {
    Path file = Files.writeString(folder.resolve("a.properties"), "jaas=for \"Ann\"\nother=2\n");
    Files.writeString(folder.resolve("password"), "p4ss");

    assertThat(
            Secrets.resolveAll(
                "kafka",
                Map.of(
                    "plain", "${not:a reference}",
                    "number", 7,
                    "env", "<${env:" + VARIABLE + "}>",
                    "file", "${file:" + file + ":jaas}",
                    "dir", "${dir:" + folder + ":password}")))
        .containsEntry("plain", "${not:a reference}")
        .containsEntry("number", 7)
        .containsEntry("env", "<" + System.getenv(VARIABLE) + ">")
        .containsEntry("file", "for \"Ann\"")
        .containsEntry("dir", "p4ss");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"${env:WEIR_NOBODY}", "${file:/nowhere/a.properties:b}", "${dir:/nowhere:b}"})
  void shouldSayWhichKeyRefersToWhatIsNotThere(String reference) {
    Map<String, String> settings = Map.of("ssl.key.password", reference);

    assertThatThrownBy(() -> Secrets.resolveAll("kafka", settings))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("kafka.ssl.key.password");
  }

  @Test
  void shouldLeaveReferencesToProvidersOfOnesOwn() {
    Map<String, String> settings =
        Map.of("config.providers", "env", "password", "${env:WEIR_NOBODY}");

    assertThat(Secrets.resolveAll("kafka", settings))
        .containsExactlyInAnyOrderEntriesOf(Map.copyOf(settings));
  }
}
