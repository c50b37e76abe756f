package dev.weir.trainer.source;

import dev.weir.trainer.config.FileSourceConfig;
import dev.weir.trainer.config.LabelledConfig;
import dev.weir.trainer.config.SourceConfig;
import java.util.Optional;

/**
 * The columns of a file that say something about its rows, besides the features.
 *
 * @param label which rows are anomalous, 1 or 0, if somebody says
 * @param key the row's key; all rows are of one key without it
 * @param time when a row happened, which orders the rows; numbers in it are milliseconds. Rows
 *     count as they stand without it
 */
public record RowColumns(Optional<String> label, Optional<String> key, Optional<String> time) {

  /**
   * Those of labelled files, which are called as in the history if the config says nothing else.
   * Where the files do not have the history's, all rows are of one key, or count as they stand.
   */
  static RowColumns of(LabelledConfig config, SourceConfig source, FileTable labelled) {
    Optional<String> key = Optional.ofNullable(config.keyColumn());
    Optional<String> time = Optional.ofNullable(config.timeColumn());
    if (source instanceof FileSourceConfig file) {
      key = key.or(() -> Optional.ofNullable(file.keyColumn()).filter(labelled::has));
      time = time.or(() -> Optional.ofNullable(file.timeColumn()).filter(labelled::has));
    }
    return new RowColumns(Optional.of(config.column()), key, time);
  }
}
