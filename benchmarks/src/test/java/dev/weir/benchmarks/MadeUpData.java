package dev.weir.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.zip.GZIPOutputStream;

/**
 * A folder of data sets of the published ones' form: two sines that belong together, and do not
 * where a row is anomalous.
 */
public final class MadeUpData {
  private static final LocalDateTime START = LocalDateTime.parse("2024-01-01T00:00:00");

  private final Path root;

  public MadeUpData(Path root) {
    this.root = root;
  }

  public Path root() {
    return root;
  }

  /** A table of which every tenth row is anomalous. */
  public void table(String name, int rows) {
    write(root.resolve("adbench").resolve(name + ".csv.gz"), rows, row -> row % 10 == 0, false);
  }

  /** A series of which ten rows in the middle of the test part are anomalous. */
  public void pair(String set, String name, int rows) {
    write(root.resolve(set).resolve(name + "_train.csv.gz"), rows, row -> false, true);
    write(
        root.resolve(set).resolve(name + "_test.csv.gz"),
        rows,
        row -> row >= rows / 2 && row < rows / 2 + 10,
        true);
  }

  /**
   * A file of one value a row, a sine that stands still in rows 300 to 319 of 400, which is its
   * window; and one that never moves and has none.
   */
  public void nab() {
    StringBuilder sine = new StringBuilder("timestamp,value\n");
    StringBuilder flat = new StringBuilder("timestamp,value\n");
    for (int row = 0; row < 400; row++) {
      boolean still = row >= 300 && row < 320;
      String time = START.plusMinutes(row).toString().replace('T', ' ');
      time = time.length() == 16 ? time + ":00" : time;
      sine.append(time).append(',').append(still ? 3 : Math.sin(row / 3.0)).append('\n');
      flat.append(time).append(",45\n");
    }
    write(root.resolve("nab/made/sine.csv.gz"), sine.toString());
    write(root.resolve("nab/made/flat.csv.gz"), flat.toString());
    plain(
        root.resolve("nab/windows.json"),
        """
        {"made/flat.csv": [],
         "made/sine.csv": [["2024-01-01 05:00:00.000000", "2024-01-01 05:19:00.000000"]]}
        """);
  }

  public void reference(String file, String text) {
    plain(root.resolve("reference").resolve(file), text);
  }

  private static void write(Path file, int rows, IntPredicate anomalous, boolean timed) {
    SplittableRandom random = new SplittableRandom(rows);
    StringBuilder text = new StringBuilder(timed ? "timestamp,a,b,c,label\n" : "a,b,c,label\n");
    for (int row = 0; row < rows; row++) {
      boolean anomaly = anomalous.test(row);
      double phase = timed ? row / 5.0 : random.nextDouble(7);
      if (timed) {
        text.append(START.plusMinutes(row)).append(":00Z,");
      }
      text.append(Math.sin(phase))
          .append(',')
          .append(Math.cos(phase))
          .append(',')
          .append(Math.sin(phase) * (anomaly ? -5 : 1))
          .append(',')
          .append(anomaly ? 1 : 0)
          .append('\n');
    }
    write(file, text.toString());
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      try (BufferedWriter writer =
          new BufferedWriter(
              new OutputStreamWriter(
                  new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
        writer.write(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void plain(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, List.of(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
