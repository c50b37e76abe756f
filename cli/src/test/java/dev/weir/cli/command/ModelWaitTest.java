package dev.weir.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelWaitTest {
  private final List<Path> missing = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void shouldNotWaitForBundlesThatAreThere() throws Exception {
    Path bundle = bundle("there");

    ModelWait.await(List.of(bundle), Duration.ofDays(1), missing::add);

    assertThat(missing).isEmpty();
  }

  @Test
  void shouldGoOnOnceTheLastBundleIsThere() throws Exception {
    // Given
    Path there = bundle("there");
    Path later = folder.resolve("later");
    Path[] moved = new Path[1];

    // When: it comes while somebody waits
    ModelWait.await(
        List.of(there, later),
        Duration.ofDays(1),
        path -> {
          missing.add(path);
          moved[0] = bundle("later");
        });

    // Then
    assertThat(missing).containsExactly(later);
    assertThat(moved[0]).isEqualTo(later);
  }

  @Test
  void shouldSayWhichOneIsMissingNext() throws Exception {
    // Given two that are missing; each comes once somebody says that it is missed
    List<Path> both = List.of(folder.resolve("one"), folder.resolve("two"));

    // When
    ModelWait.await(
        both,
        Duration.ofDays(1),
        path -> {
          missing.add(path);
          bundle(path.getFileName().toString());
        });

    // Then
    assertThat(missing).containsExactlyElementsOf(both);
  }

  @Test
  void shouldSayWhichBundleDidNotCome() throws IOException {
    // Given: a folder without a manifest is no bundle
    Path empty = Files.createDirectory(folder.resolve("empty"));

    // When, Then
    assertThatThrownBy(() -> ModelWait.await(List.of(empty), Duration.ofMillis(1), missing::add))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(empty.toString())
        .hasMessageContaining("model.path");
  }

  private Path bundle(String name) {
    try {
      Path bundle = Files.createDirectory(folder.resolve(name));
      Files.writeString(bundle.resolve(Bundle.MANIFEST), "{}");
      return bundle;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
