package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileDataTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "pumps.csv, csv, CAST(i = 600 OR i = 601 AS INT)",
    "pumps.csv.gz, csv, CAST(i = 600 OR i = 601 AS INT)",
    "pumps.jsonl, json, CAST(i = 600 OR i = 601 AS INT)",
    "pumps.jsonl.gz, json, i = 600 OR i = 601",
    "pumps.parquet, parquet, i = 600 OR i = 601"
  })
  void shouldReplayFilesOfEveryFormat(String name, String format, String label)
      throws SQLException {
    // Given
    Path file = write(name, format, label, 1000);

    // When
    FileData data = new FileData(file);

    // Then
    assertThat(data.description())
        .isEqualTo("pumps: 1000 rows of 2 features, the first 40 % as history");
    assertThat(data.features()).containsExactly("flow", "heat");
    assertThat(data.faults())
        .containsExactly(new InjectedFault(1, "labelled anomaly from row 601", "pumps"));
    assertThat(data.streamSize()).isEqualTo(600);
    Iterator<DemoRecord> stream = data.stream();
    DemoRecord first = stream.next();
    assertThat(new String(first.json(), StandardCharsets.UTF_8))
        .isEqualTo("{\"flow\":400.0,\"heat\":200.5}");
    assertThat(first.fault()).isEmpty();
  }

  @Test
  void shouldRefuseTooFewRows() throws SQLException {
    Path file = write("few.parquet", "parquet", "0", 10);

    assertThatThrownBy(() -> new FileData(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("10 rows; the demo needs 1000");
  }

  private Path write(String name, String format, String label, int rows) throws SQLException {
    Path file = folder.resolve(name);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT i AS flow, i / 2 + 0.5 AS heat, %s AS label FROM range(%d) r(i)) TO '%s' (FORMAT %s%s)"
              .formatted(label, rows, file, format, format.equals("csv") ? ", HEADER" : ""));
    }
    return file;
  }
}
