package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.List;

/**
 * History in CSV files with a header line, plain or gzipped.
 *
 * @param files paths or globs; read in the order of their names
 * @param timeColumn orders the rows, and is a feature only if it is named as one; without it they
 *     count as they stand. Numbers in it are milliseconds
 * @param keyColumn whose value is the row's key, and is a feature only if it is named as one; all
 *     rows are of one key without it
 */
public record CsvSourceConfig(List<String> files, String timeColumn, String keyColumn)
    implements SourceConfig {

  public CsvSourceConfig {
    files =
        List.copyOf(Check.present("files", files, "a path or a glob, for example 'data/*.csv.gz'"));
    if (keyColumn != null && keyColumn.equals(timeColumn)) {
      throw Check.refuse("keyColumn", "is '" + keyColumn + "', and so is 'timeColumn'");
    }
  }

  /** Rows of one key. */
  public CsvSourceConfig(List<String> files, String timeColumn) {
    this(files, timeColumn, null);
  }
}
