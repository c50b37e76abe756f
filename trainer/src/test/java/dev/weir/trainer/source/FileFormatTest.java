package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.CsvSourceConfig;
import dev.weir.trainer.config.Exclusion;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.FileSourceConfig;
import dev.weir.trainer.config.JsonLinesSourceConfig;
import dev.weir.trainer.config.ParquetSourceConfig;
import dev.weir.trainer.data.History;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON lines and Parquet, beside CSV of the same rows. */
final class FileFormatTest {
  private static final float MISSING = Float.NaN;

  @TempDir private Path folder;

  @Test
  void shouldReadSameRowsOfEveryFormat() throws IOException, SQLException {
    // Given rows in no order, fields within objects, and a field that comes late
    String json =
        TestFiles.write(
            folder,
            "1.jsonl",
            "{\"t\":\"2026-10-01T00:00:02Z\",\"host\":\"x\",\"load\":3,\"p\":{\"cpu\":{\"user\":0.5,\"a b\":7}}}",
            "{\"t\":\"2026-10-01T00:00:00Z\",\"host\":\"y\",\"load\":1,\"p\":{\"cpu\":{\"user\":null}},\"tags\":[1]}");
    String gzipped =
        TestFiles.write(
            folder,
            "2.jsonl.gz",
            "{\"p\":{\"cpu\":{\"user\":0.25}},\"t\":\"2026-10-01T00:00:01Z\",\"host\":\"x\",\"load\":2}");
    String parquet = folder.resolve("o'n[e].parquet").toString();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM read_json(['%s','%s'], union_by_name = true)) TO '%s' (FORMAT parquet)"
              .formatted(json, gzipped, parquet.replace("'", "''")));
    }
    String csv =
        TestFiles.write(
            folder,
            "1.csv",
            "t,host,load,p.cpu.user,p.cpu.a b",
            "2026-10-01T00:00:02Z,x,3,0.5,7",
            "2026-10-01T00:00:00Z,y,1,,",
            "2026-10-01T00:00:01Z,x,2,0.25,");

    // When
    History lines = read(lines(List.of(folder + "/*.jsonl*"), null));
    History columns =
        read(new ParquetSourceConfig(List.of(parquet), "t", "host", null, null, null));
    History commas = read(new CsvSourceConfig(List.of(csv), "t", "host"));

    // Then
    assertThat(lines.features().names()).containsExactly("load", "p.cpu.user", "p.cpu.a b");
    assertThat(lines.rows().copy())
        .containsExactly(1, MISSING, MISSING, 2, 0.25f, MISSING, 3, 0.5f, 7);
    assertThat(lines.linked().previous()).containsExactly(-1, -1, 1);
    for (History other : List.of(columns, commas)) {
      assertThat(other.features()).isEqualTo(lines.features());
      assertThat(other.rows().fingerprint()).isEqualTo(lines.rows().fingerprint());
      assertThat(other.linked().times()).containsExactly(lines.linked().times());
    }
  }

  @Test
  void shouldLeaveOutPeriodsAndSampleOfEveryFormat() throws IOException {
    String file =
        TestFiles.write(
            folder,
            "h.jsonl",
            "{\"t\":\"2026-10-01T00:00:00Z\",\"a\":1}",
            "{\"t\":\"2026-10-01T01:00:00Z\",\"a\":2}",
            "{\"t\":\"2026-10-01T02:00:00Z\",\"a\":3}");
    Exclusion bad = new Exclusion("2026-10-01T01:00:00Z", "2026-10-01T02:00:00Z");
    History history =
        read(new JsonLinesSourceConfig(List.of(file), "t", null, List.of(bad), null, null));
    History sampled = read(new JsonLinesSourceConfig(List.of(file), "t", null, null, 2, null));
    assertThat(history.rows().copy()).containsExactly(1, 3);
    assertThat(sampled.rows().copy()).hasSize(2).isSorted();
    assertThat(sampled.notes()).contains("sampled 2 of 3 rows at random, as source.sample asks");
  }

  @Test
  void shouldNotTakeTextThatLooksLikeNumbersForNumbers() throws IOException {
    // Given a string of digits, as the scorer would refuse it, values of two kinds, and none
    String file =
        TestFiles.write(
            folder,
            "h.jsonl",
            "{\"a\":1,\"digits\":\"1\",\"both\":1,\"none\":null}",
            "{\"a\":2,\"digits\":\"2\",\"both\":\"x\",\"none\":null}");
    try (FileTable table = FileTable.open(lines(List.of(file), null))) {
      assertThat(table.columns())
          .containsExactly(
              new Column("a", Column.Kind.NUMERIC),
              new Column("digits", Column.Kind.TEXT),
              new Column("both", Column.Kind.OTHER),
              new Column("none", Column.Kind.EMPTY));
    }
  }

  @Test
  void shouldSayWhatCannotBeRead() throws IOException {
    String broken = TestFiles.write(folder, "h.jsonl", "{\"a\":1}", "{\"a\":");
    assertThatThrownBy(() -> read(lines(List.of(broken), null)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            broken + " cannot be read as JSON lines, one object a line. DuckDB says: ");
    assertThatThrownBy(
            () -> read(new ParquetSourceConfig(List.of(broken), null, null, null, null, null)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            broken + " cannot be read as Parquet; are the files whole? DuckDB says: ");
  }

  private static JsonLinesSourceConfig lines(List<String> files, Integer sample) {
    return new JsonLinesSourceConfig(files, "t", "host", null, sample, null);
  }

  private static History read(FileSourceConfig config) {
    return Histories.read(config, FeatureSelection.ALL, Plans.ROWS, unused -> {});
  }
}
