package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.List;

/**
 * Rows of which somebody knows whether they are anomalous. They are never learned from: they choose
 * a threshold, if that is asked for, and the report measures the model on them.
 *
 * @param files CSV files with a header, JSON lines or Parquet, by their names; paths or globs
 * @param column 1 where a row is anomalous, 0 elsewhere
 * @param timeColumn says when a row happened, and orders the rows; a source of files' if not given
 * @param keyColumn its value is the row's key; a source of files' if not given
 */
public record LabelledConfig(
    List<String> files, String column, String timeColumn, String keyColumn) {

  public LabelledConfig {
    files = List.copyOf(Check.present("files", files, "a path or a glob of labelled files"));
    column = Check.orElse(column, "label");
  }
}
