package dev.weir.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A small history: three features that follow one hidden factor, so that a model has to learn it.
 */
public final class TinyHistory {
  public static final int WIDTH = 3;

  private TinyHistory() {}

  /** A row of values, correlated; the same seed gives the same rows. */
  public static double[] row(SplittableRandom random) {
    double factor = random.nextDouble() * 2 - 1;
    return new double[] {
      10 * factor + noise(random), 5 - 3 * factor + noise(random), factor * factor + noise(random)
    };
  }

  private static double noise(SplittableRandom random) {
    return 0.05 * (random.nextDouble() - 0.5);
  }

  /** Writes rows as CSV with the columns a, b and c. */
  public static Path csv(Path file, int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("a,b,c\n");
    for (int i = 0; i < rows; i++) {
      double[] row = row(random);
      text.append(String.format(Locale.ROOT, "%.6f,%.6f,%.6f%n", row[0], row[1], row[2]));
    }
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A record as JSON. */
  public static String json(double[] row) {
    return String.format(Locale.ROOT, "{\"a\":%.6f,\"b\":%.6f,\"c\":%.6f}", row[0], row[1], row[2]);
  }
}
