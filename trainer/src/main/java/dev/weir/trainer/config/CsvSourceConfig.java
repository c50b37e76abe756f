package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.List;

/**
 * History in CSV files with a header line, plain or gzipped.
 *
 * @param files paths or globs; read in the order of their names
 * @param timeColumn orders the rows, and is not a feature; without it they count as they stand
 */
public record CsvSourceConfig(List<String> files, String timeColumn) implements SourceConfig {

  public CsvSourceConfig {
    files =
        List.copyOf(Check.present("files", files, "a path or a glob, for example 'data/*.csv.gz'"));
  }
}
