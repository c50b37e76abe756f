package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are larger than the memory DuckDB may use. */
class SpillTest {
  private static final int ROWS = 1_000_000;

  @TempDir private static Path folder;
  private static Path parquet;
  private static Path csv;

  /**
   * A million rows of eight numbers and their own, 72 MB of them, times in no order; as CSV twice
   * as many, whose text is larger than the 192 MB that are given for it.
   */
  @BeforeAll
  static void write() throws SQLException {
    parquet = write("large.parquet", ROWS, "FORMAT parquet");
    csv = write("large.csv", 2 * ROWS, "FORMAT csv, HEADER");
    assertThat(csv.toFile().length()).isGreaterThan(210_000_000);
  }

  private static Path write(String name, int rows, String format) throws SQLException {
    Path file = folder.resolve(name);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT (i * 7919) %% %d AS t, i AS place, hash(i) / 1e19 AS a, hash(i + 1) / 1e19"
                  .formatted(rows)
              + " AS b, hash(i + 2) / 1e19 AS c, hash(i + 3) / 1e19 AS d, hash(i + 4) / 1e19 AS e,"
              + " hash(i + 5) / 1e19 AS f FROM range(%d) r(i)) TO '%s' (%s)"
                  .formatted(rows, file, format));
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "csv"})
  void shouldSortWhatDoesNotFitIntoMemoryInFiles(String format) throws IOException {
    // Given
    boolean text = format.equals("csv");
    Path spilled = folder.resolve("spilled");
    long[] seen = new long[2];
    double[] last = {-1};
    boolean[] inOrder = {true};

    // When
    try (FileTable table =
        text
            ? open(csv, FileFormat.csv(','), "192MB", FileTable.threads(), spilled)
            : open(parquet, FileFormat.PARQUET, "64MB", 1, spilled)) {
      table.read(
          List.of("t", "a", "b", "c", "d", "e", "f"),
          Optional.of("t"),
          (row, values) -> {
            if (seen[0] == 0) {
              seen[1] = bytes(spilled);
            }
            seen[0]++;
            inOrder[0] &= values.number(0) > last[0];
            last[0] = values.number(0);
          });
    }

    // Then all rows came in order, and much of them was on disk when the first one came
    assertThat(seen[0]).isEqualTo(text ? 2 * ROWS : ROWS);
    assertThat(inOrder[0]).isTrue();
    assertThat(seen[1]).isGreaterThan(5_000_000);
    assertThat(bytes(spilled)).isZero();
  }

  @Test
  void shouldStreamUnsortedRowsWithoutFiles() throws IOException {
    // Given
    Path spilled = folder.resolve("unused");
    long[] seen = new long[2];

    // When
    try (FileTable table = open(parquet, FileFormat.PARQUET, "64MB", 1, spilled)) {
      table.read(
          List.of("place", "a", "b", "c", "d", "e", "f"),
          Optional.empty(),
          (row, values) -> {
            seen[0] += values.number(0) == row - 1 ? 1 : 0;
            seen[1] = row % 100_000 == 0 ? Math.max(seen[1], bytes(spilled)) : seen[1];
          });
    }

    // Then
    assertThat(seen[0]).isEqualTo(ROWS);
    assertThat(seen[1]).isZero();
  }

  private static FileTable open(
      Path file, FileFormat format, String memory, int threads, Path spilled) {
    return FileTable.open(
        List.of(file),
        format,
        Map.of(
            "memory_limit",
            memory,
            "threads",
            Integer.toString(threads),
            "temp_directory",
            spilled.toString()));
  }

  private static long bytes(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(one -> one.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
