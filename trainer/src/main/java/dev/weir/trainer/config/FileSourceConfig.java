package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.List;

/** History in files of rows. */
public sealed interface FileSourceConfig extends SourceConfig
    permits CsvSourceConfig, JsonLinesSourceConfig, ParquetSourceConfig {

  /** Paths or globs; read in the order of their names. */
  List<String> files();

  /** Orders the rows; null where they count as they stand. Numbers in it are milliseconds. */
  String timeColumn();

  /** Whose value is the row's key; null where all rows are of one key. */
  String keyColumn();

  /** Refuses names of columns that do not go together. */
  static void check(String timeColumn, String keyColumn, List<Exclusion> exclude) {
    if (keyColumn != null && keyColumn.equals(timeColumn)) {
      throw Check.refuse("keyColumn", "is '" + keyColumn + "', and so is 'timeColumn'");
    }
    if (!exclude.isEmpty() && timeColumn == null) {
      throw Check.refuse("exclude", "needs 'timeColumn', the column that says when a row happened");
    }
  }
}
