package dev.weir.trainer.evaluation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds the folder of public data sets, which is no part of the repository: where {@code WEIR_DATA}
 * points, or {@code shared/data} beside the checkout.
 */
final class PublishedData {
  private PublishedData() {}

  /** The file at a path inside the folder; skips the test where it is absent. */
  static Path file(String first, String... more) {
    Path inside = Path.of(first, more);
    Path found =
        Stream.of(System.getenv("WEIR_DATA"), "../../shared/data", "../shared/data")
            .filter(Objects::nonNull)
            .map(folder -> Path.of(folder).resolve(inside))
            .filter(Files::isRegularFile)
            .findFirst()
            .orElse(null);
    assumeTrue(
        found != null,
        () -> "skipped: no %s; set WEIR_DATA to the folder of data sets".formatted(inside));
    return found;
  }
}
