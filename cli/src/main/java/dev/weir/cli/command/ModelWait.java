package dev.weir.cli.command;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for bundles that somebody is still training, where scorer and trainer start together. */
final class ModelWait {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private ModelWait() {}

  /**
   * Waits until there is a bundle in each of these folders.
   *
   * @param announce hears which one is missing, if one is, and if then another one still is
   * @throws InvalidInputException if one is still missing after that time
   */
  static void await(List<Path> bundles, Duration atMost, Announcement announce)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    Optional<Path> announced = Optional.empty();
    Optional<Path> missing = missing(bundles);
    while (missing.isPresent()) {
      if (!missing.equals(announced)) {
        announce.missing(missing.get());
        announced = missing;
      }
      if (System.nanoTime() >= end) {
        throw new InvalidInputException(
            "there is still no model bundle in "
                + missing.get()
                + " after "
                + atMost.toSeconds()
                + " s; train one with 'weir train', or correct model.path");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
      missing = missing(bundles);
    }
  }

  /** Who hears of it. */
  interface Announcement {
    /** There is no bundle in this folder yet. */
    void missing(Path bundle);
  }

  private static Optional<Path> missing(List<Path> bundles) {
    return bundles.stream()
        .filter(folder -> !Files.isRegularFile(folder.resolve(Bundle.MANIFEST)))
        .findFirst();
  }
}
